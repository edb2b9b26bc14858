// Around the grid of a month: what the focused cell says and costs, and the choice of codes for fingers.
(() => {
  "use strict";

  const { element, meaningOf, isProvisional, takes } = window.cistor;
  // As long as somebody on the way to another cell rests on this one.
  const REST = 250;

  // What each code of the focused day would cost: asked once where the focus stops, never for cells passed by.
  const makeConsequences = (address, board, show) => {
    let timer = 0;
    let asked = 0;
    let beside = null;
    let found = null;

    const ask = (cell) => {
      clearTimeout(timer);
      asked += 1;
      beside = board.pendingBeside(cell);
      found = null;
      show();
      const says = board.codesOf(cell).length || cell.dataset.fact;
      if (address && board.isMarkable(cell) && says) timer = setTimeout(fetchFor, REST, cell);
    };
    // What was chosen on other days of the person changes what each code costs on this one.
    const askAgain = (cell) => {
      if (beside !== null && beside !== board.pendingBeside(cell)) ask(cell);
    };
    const fetchFor = async (cell) => {
      const mine = asked;
      const url = new URL(address.replace("/0/", `/${board.programmeOf(cell)}/`), location.href);
      url.searchParams.set("dzien", board.dayAt(board.placeOf(cell).column));
      url.searchParams.set("zmiany", beside);
      try {
        const answer = await fetch(url, { headers: { "HX-Request": "true" } });
        const told = answer.ok && answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
        // An answer about a cell that was left meanwhile says nothing here.
        if (asked !== mine) return;
        found = told;
        show();
      } catch {
        // Without a connection the mark can be made without the sum.
      }
    };
    const of = (value) => found?.codes?.[meaningOf(value)] ?? null;

    // In a sentence: what stands costs, or where nothing stands what each code would.
    const sentence = (cell) => {
      if (!found || found.problem) return found?.problem ?? "";
      const value = board.valueOf(cell);
      const letters = board.codeOf(cell, value)?.letters ?? board.wordsOf(cell);
      if (value) return of(value) ? `${letters}: ${of(value).sentence}` : "";
      return board
        .codesOf(cell)
        .filter((code) => /[1-9]/.test(of(code.meaning)?.amount ?? ""))
        .map((code) => `${code.letters} ${of(code.meaning).amount}`)
        .join(" · ");
    };
    return { ask, askAgain, of, sentence };
  };

  // In words: what stands on the day, by whom, and why it cannot be changed.
  const standing = (cell, board) => {
    const { stands, by } = cell.dataset;
    if (cell.classList.contains("pending")) {
      const before = stands ? `, stoi ${board.wordsOf(cell, stands)} (${by})` : "";
      return `${board.wordsOf(cell)} – niezapisane${before}`;
    }
    return stands ? `${board.wordsOf(cell)} (${by})` : "nieoznaczone";
  };
  const whyShut = (cell, board) => {
    const head = board.heads[board.placeOf(cell).column];
    if (cell.classList.contains("outside")) return "poza grupą lub programem";
    if (cell.classList.contains("locked")) return "dzień zamknięty";
    if (cell.dataset.fact) return `wynika z innego zapisu: ${cell.dataset.fact}`;
    if (cell.classList.contains("closed")) return head.title ? `bez zajęć: ${head.title}` : "bez zajęć";
    return head.dataset.codes ? "" : "tego dnia jeszcze nie było";
  };
  const about = (cell, board) => {
    const shut = board.isOpen(cell) ? "" : whyShut(cell, board);
    const says = board.isMarkable(cell) && (board.valueOf(cell) || !shut) ? standing(cell, board) : "";
    return [says, shut].filter(Boolean).join(" · ");
  };
  const describe = (cell, board) => [board.title(cell), about(cell, board)].filter(Boolean).join(" · ");

  // The choice of codes. On a tablet it stays open from cell to cell; from the keyboard it closes after the choice.
  const makePanel = (panel, board, consequences, { choose, leave }) => {
    const find = (selector) => panel.querySelector(selector);
    let cell = null;
    let stays = false;

    const open = (at, { touch = false } = {}) => {
      stays = touch;
      panel.hidden = false;
      show(at);
      if (!touch) (find("[data-choice] [aria-pressed=true]") ?? find("[data-choice] button"))?.focus();
      uncover();
    };
    const uncover = () => {
      const over = cell.getBoundingClientRect().bottom - panel.getBoundingClientRect().top;
      if (over > 0) window.scrollBy(0, over + 8);
    };
    const close = () => {
      panel.hidden = true;
      leave();
    };
    const show = (at) => {
      if (panel.hidden) return;
      cell = at;
      find("h2").textContent = board.title(cell);
      find("[data-stands]").textContent = about(cell, board);
      find("[data-cost]").textContent = consequences.sentence(cell);
      const focused = document.activeElement?.dataset.value;
      find("[data-choice]").replaceChildren(...board.codesOf(cell).map(button));
      if (focused) find(`[data-choice] [data-value="${focused}"]`)?.focus();
      find("[data-provisional]").setAttribute("aria-pressed", isProvisional(board.valueOf(cell)));
      find("[data-provisional]").disabled = !board.valueOf(cell);
      panel.querySelectorAll("[data-choice], [data-choice] ~ button").forEach((one) => (one.hidden = !board.isOpen(cell)));
    };
    const button = (code) => {
      const made = element("button", "pick", "");
      made.type = "button";
      made.dataset.value = code.meaning;
      made.setAttribute("aria-pressed", meaningOf(board.valueOf(cell)) === code.meaning);
      made.append(element("b", `code code-${code.colour}`, code.letters), element("span", "name", code.name));
      const cost = consequences.of(code.meaning);
      if (cost) made.append(element("span", `cost${takes(cost.amount) ? " takes" : ""}`, cost.amount));
      return made;
    };

    panel.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      if ("close" in pressed.dataset) close();
      else choose("provisional" in pressed.dataset ? null : pressed.dataset.value);
      if (!panel.hidden && !stays) close();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    return { open, close, show, get isOpen() { return !panel.hidden; } };
  };

  Object.assign(window.cistor, { makeConsequences, makePanel, describe, whyShut });
})();
