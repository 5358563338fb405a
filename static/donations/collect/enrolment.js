// Being let in: the code of an invitation, the number that a coordinator compares, and what is said once it is over.
self.collect = self.collect || {};
(() => {
  const { sender, store, texts, views } = collect;

  function codeOfTheAddress() {
    const code = decodeURIComponent(location.hash.slice(1));
    if (code) history.replaceState(null, "", location.pathname);
    return code;
  }

  function software() {
    const { userAgent, userAgentData: told } = navigator;
    const brand = told?.brands.map((each) => each.brand).find((name) => !/not|chromium/i.test(name));
    return (told ? `${brand || "Chromium"}, ${told.platform}` : userAgent.replace(/^.*?\((.*?)\).*$/, "$1")).slice(0, 60);
  }

  function refuse(text) {
    const input = document.getElementById("code");
    input.setAttribute("aria-invalid", "true");
    views.fill("code-error", text);
    document.getElementById("code-error").hidden = false;
    input.focus();
  }

  // Open an invitation. Never while entries wait that another invitation made and nobody has a copy of.
  async function open(code) {
    const { unexported } = await store.counts(-1);
    if (unexported) return refuse(texts.say("still-kept", { count: unexported }));
    let answer;
    try {
      answer = await sender.ask("open/", { code, software: software() });
    } catch {
      return refuse(texts.say("no-network"));
    }
    if (answer.status !== 200) return refuse(answer.said.reason || texts.say("no-network"));
    document.getElementById("code-error").hidden = true;
    document.getElementById("code").removeAttribute("aria-invalid");
    document.getElementById("code").value = "";
    navigator.storage?.persist?.();
    await sender.learn(answer.said);
    return sender.turn();
  }

  // Which part of the page a state leads to. What is kept stays in sight, whatever the state.
  function viewOf(state, counts) {
    if (state === "active") return "work";
    if (state === "opened") return "check";
    if (state === "ended" || counts.all || counts.aside) return "closed";
    return state === "revoked" || state === "refused" ? "closed" : "code";
  }

  function drawClosed(state, counts) {
    if (!["ended", "revoked", "refused", "unknown"].includes(state)) return;
    views.fill("closed-title", texts.say(`${state}-title`));
    views.fill("closed-text", texts.say(`${state}-text`));
    views.fill("closed-kept", counts.all ? texts.say("kept", { count: counts.all }) : texts.say("nothing-kept"));
    document.querySelector("[data-closed-kept]").dataset.count = counts.all;
    document.querySelector("[data-closed-export]").hidden = !counts.all;
  }

  collect.enrolment = { codeOfTheAddress, drawClosed, open, viewOf };
})();
