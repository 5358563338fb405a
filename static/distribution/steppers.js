// − and + beside a number. Without this script the number is typed.
(() => {
  for (const stepper of document.querySelectorAll("[data-stepper]")) {
    const input = stepper.querySelector("input");
    for (const button of stepper.querySelectorAll("[data-step]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const wanted = (Number.parseInt(input.value, 10) || 0) + Number(button.dataset.step);
        input.value = Math.min(Math.max(wanted, Number(input.min)), Number(input.max));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
  }
})();
