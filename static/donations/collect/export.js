// What was not sent, in a file that only the server can read: for a tablet that must be given back.
self.collect = self.collect || {};
(() => {
  const { store } = collect;

  function base64(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  }

  // The file of one tablet: a line that says whose it is, and below it the sealed entries.
  async function sealed(tablet, kept) {
    const key = await store.recall(`key of ${tablet}`);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const entries = kept.map((each) => each.entry);
    const content = new TextEncoder().encode(JSON.stringify({ sent_at: new Date().toISOString(), entries }));
    const secret = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, content));
    return `${JSON.stringify({ kitdrive: 1, tablet, iv: base64(iv) })}\n${base64(secret)}`;
  }

  function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // Write all that is on the device to files, one for each tablet that it was, and note how far that went.
  async function write() {
    const all = await store.everything();
    const day = new Date().toISOString().slice(0, 10);
    for (const tablet of new Set(all.map((kept) => kept.tablet))) {
      const own = all.filter((kept) => kept.tablet === tablet);
      download(`kitdrive-${tablet}-${day}.kitdrive`, await sealed(tablet, own));
    }
    if (all.length) await store.remember({ exported: all[all.length - 1].number });
    return all.length;
  }

  collect.exporting = { write };
})();
