// Two lists that the server tells: articles that are counted one by one, and partners.
self.collect = self.collect || {};
(() => {
  const { entering, texts, views } = collect;
  const shown = { goods: "", partners: "" };

  // Draw a list again only where it is another: a finger may be on it.
  function isNew(name, list) {
    const now = JSON.stringify(list);
    if (shown[name] === now) return false;
    shown[name] = now;
    return true;
  }

  function tile(item) {
    const { row, name, less, more, quantity } = views.copy("goods-row");
    name.textContent = item.name;
    quantity.dataset.quantityOf = item.id;
    for (const [button, by, words] of [[less, -1, "one-less"], [more, 1, "one-more"]]) {
      Object.assign(button.dataset, { item: item.id, by });
      button.setAttribute("aria-label", texts.say(words, { what: item.name }));
    }
    return row;
  }

  function shelf(category) {
    const { row, label, items } = views.copy("goods-shelf");
    label.textContent = category.label;
    items.append(...category.items.map(tile));
    return row;
  }

  function write(box, quantity) {
    box.textContent = texts.number(quantity);
    box.parentElement.toggleAttribute("data-is-taken", quantity > 0);
  }

  collect.goods = {
    offer(goods) {
      if (!isNew("goods", goods)) return;
      document.querySelector("[data-goods]").replaceChildren(...goods.map(shelf));
      document.querySelector("[data-act=goods]").hidden = !goods.length;
    },
    count: (item, by) => write(document.querySelector(`[data-quantity-of="${item}"]`), entering.count(item, by)),
    draw: () => document.querySelectorAll("[data-quantity-of]").forEach((box) => write(box, 0)),
  };

  collect.partners = {
    offer(partners) {
      if (!isNew("partners", partners)) return;
      document.querySelector("[data-partners]").replaceChildren(...partners.map((partner) => {
        const { row, choose } = views.copy("partner-row");
        choose.textContent = partner.name;
        choose.dataset.partner = partner.id;
        return row;
      }));
      document.querySelector("[data-act=partner]").hidden = !partners.length;
    },
  };
})();
