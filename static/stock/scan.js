// A field for bar codes: a scanner that types and presses Enter, the camera, or a photo that the server reads.
// Codes wait for one another, so that none is lost however quickly they come. Without this the field alone serves.
(() => {
  const PATIENCE = 1500; // milliseconds for which a code has to leave the picture before it counts once more
  const QUICK = 50; // between two keys: nobody types like this
  const MOST = 2400; // pixels of a photo's longer side that travel to the server
  const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "itf", "code_128", "data_matrix", "qr_code"];

  for (const piece of document.querySelectorAll("[data-scan]")) {
    const part = (name) => piece.querySelector(`[data-scan-${name}]`);
    const [field, add, camera, photo, view] = ["code", "add", "camera", "photo", "view"].map(part);
    const said = piece.querySelector("[role=status]");
    const say = (sentence) => { said.textContent = sentence; };

    // One code after the other goes to the server, with the form as it stands by then.
    const waiting = [];
    let isSending = false;
    const take = async (code) => {
      if (!code.trim()) return;
      waiting.push(code);
      if (isSending) return;
      isSending = true;
      while (waiting.length) {
        const next = waiting.shift();
        try {
          await htmx.ajax("POST", add.getAttribute("hx-post"), { source: add, values: { code: next, scan: add.value } });
        } catch {
          say(piece.dataset.scanFailed);
        }
      }
      isSending = false;
    };
    const takeTyped = () => {
      const typed = field.value;
      field.value = "";
      take(typed);
    };
    for (const name of ["htmx:responseError", "htmx:sendError"]) {
      add.addEventListener(name, () => say(piece.dataset.scanFailed));
    }

    // Enter never sends the form from here, however often a scanner presses it; nor does Tab after typing that quick.
    let [first, keys] = [0, 0];
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || (event.key === "Tab" && keys > 7 && event.timeStamp - first < keys * QUICK)) {
        event.preventDefault();
        takeTyped();
        keys = 0;
      } else if (event.ctrlKey && (event.key === "]" || event.code === "BracketRight")) {
        event.preventDefault(); // how scanners type the separator FNC1
        field.setRangeText("\u241d", field.selectionStart, field.selectionEnd, "end");
      } else if (event.key.length === 1) {
        if (!field.value) [first, keys] = [event.timeStamp, 0];
        keys += 1;
      }
    });
    piece.addEventListener("click", (event) => {
      if (!event.target.closest("[data-scan-add]")) return;
      event.preventDefault();
      event.stopPropagation();
      takeTyped();
      field.focus();
    }, true);

    // A photo travels smaller, and only what it says comes back.
    const smaller = async (file) => {
      try {
        const image = await createImageBitmap(file);
        const scale = Math.min(1, MOST / Math.max(image.width, image.height));
        if (scale === 1) return file;
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width * scale, image.height * scale].map(Math.round);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.9));
      } catch {
        return file; // the server says what is wrong with it
      }
    };
    photo.querySelector("input").addEventListener("change", async ({ target }) => {
      const [file] = target.files;
      target.value = "";
      if (!file) return;
      say(piece.dataset.scanReading);
      const body = new FormData();
      body.set("picture", await smaller(file), "photo");
      try {
        const headers = JSON.parse(document.body.getAttribute("hx-headers"));
        const answer = await (await fetch(piece.dataset.scan, { method: "POST", headers, body })).json();
        if (answer.code) await take(answer.code);
        else say(answer.refused);
      } catch {
        say(piece.dataset.scanFailed);
      }
    });

    // The camera, where the browser reads codes by itself; else the photo.
    let stream = null;
    const stop = () => {
      stream?.getTracks().forEach((track) => track.stop());
      stream = null;
      view.hidden = true;
      camera.setAttribute("aria-pressed", "false");
    };
    const watch = async (detector) => {
      const seen = new Map();
      while (stream) {
        for (const { rawValue } of await detector.detect(view).catch(() => [])) {
          if (!(performance.now() - seen.get(rawValue) < PATIENCE)) take(rawValue);
          seen.set(rawValue, performance.now());
        }
        await new Promise((done) => window.setTimeout(done, 150));
      }
    };
    const start = async (detector) => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
      } catch {
        camera.hidden = true;
        photo.hidden = false;
        photo.querySelector("input").focus();
        return;
      }
      view.srcObject = stream;
      view.hidden = false;
      camera.setAttribute("aria-pressed", "true");
      await view.play();
      watch(detector);
    };
    const prepare = async () => {
      const known = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
      const formats = FORMATS.filter((format) => known.includes(format));
      if (!formats.includes("ean_13") || !navigator.mediaDevices) {
        photo.hidden = false;
        return;
      }
      const detector = new BarcodeDetector({ formats });
      camera.hidden = false;
      camera.addEventListener("click", () => (stream ? stop() : start(detector)));
      document.addEventListener("visibilitychange", () => document.hidden && stop());
    };
    prepare().catch(() => { photo.hidden = false; });
  }
})();
