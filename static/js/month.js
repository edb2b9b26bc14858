// The month of a group as a grid: keys, pointer, clipboard, save. Without this file the page is a table to read.
(() => {
  "use strict";

  const { codeTyper, makeBoard, makeConsequences, makePanel, makeSaver, useClipboard, describe, whyShut } = window.cistor;
  const { meaningOf, isProvisional, plural, NOT_SURE } = window.cistor;
  const root = document.querySelector("[data-month]");
  const find = (selector) => root.querySelector(selector);
  const place = find("[data-grid]");
  const form = find("[data-save-form]");
  const isEditable = find("[data-panel]") !== null;
  const board = makeBoard();
  const days = find("[data-history]").getAttribute("href");

  const say = (text) => {
    find("[data-live]").textContent = text;
  };

  // Focus and selection -----------------------------------------------------------------------------------------------

  // Rows and columns count from 0; -1 are the heads. `from` is where the selected block began.
  let at = { row: 0, column: 0 };
  let from = at;
  let focused = null;
  let typer = codeTyper([]);

  const table = () => place.querySelector("table");
  const last = () => ({ row: board.rows.length - 1, column: board.heads.length - 1 });
  const isHead = ({ row, column }) => row < 0 || column < 0;
  const elementAt = (spot) => {
    if (!isHead(spot)) return board.cellAt(spot);
    const head = spot.column < 0 ? board.rows[spot.row].cells[0] : board.heads[spot.column];
    return head.querySelector("a") ?? head;
  };
  const current = () => (isHead(at) ? null : board.cellAt(at));
  const range = (one, other) => [Math.min(one, other), Math.max(one, other)];
  const block = () => {
    if (isHead(at)) return [];
    const [top, bottom] = range(from.row, at.row);
    const [left, right] = range(from.column, at.column);
    const rows = [];
    for (let row = top; row <= bottom; row++) {
      rows.push([]);
      for (let column = left; column <= right; column++) rows.at(-1).push(board.cellAt({ row, column }));
    }
    return rows;
  };

  const drawSelection = () => {
    const chosen = new Set(block().flat());
    table()
      .querySelectorAll("[aria-selected=true]")
      .forEach((cell) => chosen.has(cell) || cell.setAttribute("aria-selected", "false"));
    chosen.forEach((cell) => cell.setAttribute("aria-selected", "true"));
    const codes = new Map([...chosen].flatMap((cell) => board.codesOf(cell).map((code) => [code.letters, code])));
    typer = codeTyper([...codes.values()]);
  };
  const setStop = (element) => {
    if (focused) focused.tabIndex = -1;
    focused = element;
    focused.tabIndex = 0;
  };

  const go = (spot, { extend = false, focus = true } = {}) => {
    at = spot;
    if (!extend || isHead(spot) || isHead(from)) from = spot;
    setStop(elementAt(spot));
    if (focus) {
      focused.focus({ preventScroll: true });
      focused.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    drawSelection();
    if (extend && focus) saySelection();
    if (isHead(at)) return;
    if (focus) consequences.ask(current());
    if (isEditable && panel.isOpen) panel.show(current());
  };
  const saySelection = () => {
    const rows = block();
    if (!rows.length) return;
    const people = plural(rows.length, "osobę", "osoby", "osób");
    say(`Zaznaczono ${people} × ${plural(rows[0].length, "dzień", "dni", "dni")}`);
  };
  const within = (number, least, most) => Math.min(Math.max(number, least), most);
  const step = (rows, columns, extend) => {
    const { row, column } = last();
    const least = extend || Math.abs(rows) > 1 ? 0 : -1;
    const to = { row: within(at.row + rows, least, row), column: within(at.column + columns, least, column) };
    // The corner belongs to no day and to nobody.
    if (to.row >= 0 || to.column >= 0) go(to, { extend });
  };
  const goToNamed = (id) => {
    const cell = id && document.getElementById(id);
    if (!cell || !table().contains(cell)) return;
    go(board.placeOf(cell));
    cell.scrollIntoView({ block: "center", inline: "center" });
  };

  // Marks -------------------------------------------------------------------------------------------------------------

  const fill = (value, options) => put(block().flat().map((cell) => [cell, value]), options);
  const put = (changes, options) => {
    if (!isEditable) return;
    const open = changes.filter(([cell, value]) => board.takes(cell, value));
    const changed = board.put(changes, options);
    sayMarks(changes, open, changed);
    refresh();
  };
  const sayMarks = (changes, open, changed) => {
    if (!changes.length) return;
    if (!open.length) {
      sayShut(changes[0][0]);
      return;
    }
    const [cell] = open[0];
    const left = changes.length - open.length;
    if (open.length > 1) say(`Zmieniono ${plural(changed, "pole", "pola", "pól")}${left ? `, pominięto ${left}` : ""}`);
    else say(`${board.title(cell)}: ${board.wordsOf(cell)}`);
  };

  // Said aloud and, where the focus is, in the line above the grid, until the focus moves on.
  let shut = null;
  const sayShut = (cell) => {
    shut = cell;
    say(whyNot(cell));
    showInfo();
  };
  const whyNot = (cell) =>
    `Tego pola nie można zmienić: ${whyShut(cell, board) || "tego dnia nie ma takiego oznaczenia"}${
      isLocked(cell) ? ", zmienia go tylko korekta" : ""
    }.`;
  const isLocked = (cell) => cell.classList.contains("locked");

  const toggleProvisional = () => {
    const marked = block().flat().filter((cell) => board.isOpen(cell) && board.valueOf(cell));
    const all = marked.every((cell) => isProvisional(board.valueOf(cell)));
    put(marked.map((cell) => [cell, `${meaningOf(board.valueOf(cell))}${all ? "" : NOT_SURE}`]));
  };
  const turn = (act) => {
    const cell = act();
    if (cell) {
      go(board.placeOf(cell));
      say(`${board.title(cell)}: ${board.wordsOf(cell)}`);
    }
    refresh();
  };

  // What is around the grid follows what is in it.
  const refresh = () => {
    showInfo();
    if (current()) consequences.askAgain(current());
    const unmarked = board.unmarked();
    const missing = unmarked ? ` · nieoznaczone: ${plural(unmarked, "dzień", "dni", "dni")}` : "";
    document.querySelector("[data-unmarked]").textContent = missing;
    if (!isEditable) return;
    const { size } = board.pending;
    find("[data-count]").textContent = size ? `Niezapisane zmiany: ${size}` : find("[data-count]").dataset.said ?? "";
    form.querySelector("[type=submit]").disabled = !size;
    find("[data-undo]").disabled = !board.past.length;
    find("[data-redo]").disabled = !board.future.length;
    showConflicts();
  };
  // A conflict is there as long as the choice it is about.
  const showConflicts = () => {
    const offers = [...place.querySelectorAll("[data-accept]")];
    offers.forEach((offer) => (offer.closest("li").hidden = !board.pending.has(offer.dataset.accept)));
    if (offers.length) find("[data-conflicts]").hidden = offers.every((offer) => offer.closest("li").hidden);
  };
  const accept = (offer) => {
    const cell = document.getElementById(offer.dataset.accept);
    const offers = [...place.querySelectorAll("li:not([hidden]) > [data-accept]")];
    const next = offers[offers.indexOf(offer) + 1] ?? offers.find((one) => one !== offer);
    put([[cell, cell.dataset.stands]]);
    if (next) next.focus();
    else go(board.placeOf(cell));
  };
  const showInfo = () => {
    if (isHead(at)) return;
    find("[data-where]").textContent = describe(current(), board);
    const history = find("[data-history]");
    // Whoever left the group may be somebody else's by now.
    history.hidden = !board.isMarkable(current()) || !board.personOf(current());
    history.textContent = isLocked(current()) ? "Historia dnia i korekta" : "Historia dnia";
    history.href = `${days.replace("/0/", `/${board.personOf(current())}/`)}?dzien=${board.dayAt(at.column)}`;
    if (shut !== current()) shut = null;
    find("[data-consequence]").textContent = shut ? whyNot(shut) : consequences.sentence(current());
    if (isEditable) panel.show(current());
  };

  const consequences = makeConsequences(root.dataset.consequences, board, showInfo);
  const panel =
    isEditable &&
    makePanel(find("[data-panel]"), board, consequences, {
      choose: (value) => (value === null ? toggleProvisional() : fill(value)),
      leave: () => focused.focus({ preventScroll: true }),
    });
  const openPanel = (options) => {
    if (isEditable && current() && board.isOpen(current())) panel.open(current(), options);
  };

  // Keys --------------------------------------------------------------------------------------------------------------

  const PAGE = 10;
  const MOVES = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-PAGE, 0], PageDown: [PAGE, 0],
  };
  const onKey = (event) => {
    // On Windows the right Alt, which types Polish letters, is Ctrl with Alt.
    const isLetter = event.getModifierState("AltGraph");
    const ctrl = (event.ctrlKey || event.metaKey) && !isLetter;
    if (event.altKey && !isLetter) return;
    const done = event.key in MOVES || ["Home", "End"].includes(event.key) ? move(event, ctrl) : (ctrl ? command : plain)(event);
    if (done) event.preventDefault();
  };
  const move = ({ key, shiftKey }, ctrl) => {
    if (key in MOVES) step(...MOVES[key], shiftKey);
    else if (key === "Home") go({ row: ctrl ? 0 : at.row, column: 0 }, { extend: shiftKey });
    else go({ row: ctrl ? last().row : at.row, column: last().column }, { extend: shiftKey });
    return true;
  };
  const command = ({ key }) => {
    if (key.toLowerCase() !== "a") return false;
    from = { row: 0, column: 0 };
    go(last(), { extend: true });
    return true;
  };
  const plain = ({ key, shiftKey }) => {
    if (isHead(at)) return false;
    if (key === "Enter") step(shiftKey ? -1 : 1, 0, false);
    else if (key === "Delete" || key === "Backspace") fill("");
    else if (key === "Escape") go(at);
    else if (key === "!") toggleProvisional();
    else if (key === "F2") openPanel();
    else return letter(key);
    return true;
  };
  const letter = (key) => {
    const meaning = isEditable ? typer.type(key) : null;
    // What is no code of this day may be meant as one all the same: where nothing can be written, that is the answer.
    if (!meaning && /^[\p{L}\d]$/u.test(key) && whyShut(current(), board)) sayShut(current());
    if (meaning) fill(meaning, { refines: typer.isRefined() });
    else if (key === " ") openPanel();
    return meaning !== null || key === " ";
  };
  document.addEventListener("keydown", (event) => {
    if (!isEditable || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const act = { s: () => save(), z: event.shiftKey ? redo : undo, y: redo }[key];
    if (!act || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    act();
  });
  const undo = () => turn(board.undo);
  const redo = () => turn(board.redo);

  // Pointer: a mouse drags a block, a finger taps and chooses below -----------------------------------------------------

  let pointer = "mouse";
  const cellUnder = (event) => {
    const cell = event.target.closest("tbody td:not(.sum)");
    return cell && table().contains(cell) ? cell : null;
  };
  place.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    const cell = cellUnder(event);
    if (!cell || pointer !== "mouse" || event.button) return;
    event.preventDefault();
    go(board.placeOf(cell), { extend: event.shiftKey });
  });
  place.addEventListener("pointermove", (event) => {
    const cell = pointer === "mouse" && event.buttons === 1 && cellUnder(event);
    if (cell && cell !== focused && table().contains(document.activeElement)) go(board.placeOf(cell), { extend: true });
  });
  place.addEventListener("click", (event) => {
    const cell = cellUnder(event);
    const link = event.target.closest("[data-conflicts] a");
    if (link) {
      event.preventDefault();
      goToNamed(link.hash.slice(1));
    }
    const offer = event.target.closest("[data-accept]");
    if (offer) accept(offer);
    if (!cell || pointer === "mouse") return;
    go(board.placeOf(cell));
    openPanel({ touch: true });
  });
  place.addEventListener("dblclick", () => openPanel());

  // Save --------------------------------------------------------------------------------------------------------------

  const refuse = (text) => {
    const box = find("[data-refusal]");
    box.hidden = !text;
    box.querySelector("[data-words]").textContent = text;
  };
  const renew = (html, sent) => {
    const wrap = place.querySelector(".grid-wrap");
    const { scrollLeft, scrollTop } = wrap;
    const hadFocus = wrap.contains(document.activeElement);
    place.innerHTML = html;
    const links = [...place.querySelectorAll("[data-conflicts] a")];
    const stands = (id) => document.getElementById(id)?.dataset.stands;
    board.settle(sent, new Set(links.map((link) => link.hash.slice(1))), stands);
    refuse("");
    const saved = plural(Number(table().dataset.saved), "zmianę", "zmiany", "zmian");
    const time = new Date().toLocaleTimeString("pl", { hour: "numeric", minute: "2-digit" });
    find("[data-count]").dataset.said = `Zapisano ${saved}, ${time}`;
    begin({ focus: hadFocus });
    place.querySelector(".grid-wrap").scrollTo(scrollLeft, scrollTop);
    const others = links.length ? ` ${plural(links.length, "pole zmienił", "pola zmienił", "pól zmienił")} ktoś inny.` : "";
    say(`Zapisano ${saved}.${others}`);
  };

  const save = isEditable && makeSaver(form, board, { refuse, renew });
  const isInside = () => table().contains(document.activeElement) && !isHead(at);
  useClipboard(board, { isEditable, isInside, block, last, put, refuse, say });
  if (isEditable) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
    find("[data-undo]").addEventListener("click", undo);
    find("[data-redo]").addEventListener("click", redo);
  }
  window.addEventListener("beforeunload", (event) => {
    if (board.pending.size) event.preventDefault();
  });

  // The table becomes a grid ------------------------------------------------------------------------------------------

  const begin = ({ focus = false } = {}) => {
    const grid = table();
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-multiselectable", "true");
    grid.closest(".grid-wrap").removeAttribute("tabindex");
    grid.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
    grid.querySelectorAll("tbody td").forEach((cell) => {
      cell.setAttribute("aria-readonly", String(!isEditable || !("open" in cell.dataset)));
    });
    board.load(grid);
    focused = null;
    const { row, column } = last();
    from = { row: within(from.row, 0, row), column: within(from.column, 0, column) };
    go({ row: within(at.row, 0, row), column: within(at.column, 0, column) }, { extend: true, focus });
    grid.addEventListener("keydown", onKey);
    refresh();
  };

  form.hidden = !isEditable;
  find("[data-info]").hidden = false;
  // Where the work is: today, or the first day left unmarked, or where the month ended.
  const opening = () => {
    const today = board.heads.findIndex((head) => head.classList.contains("today"));
    const unmarked = table().querySelector("tbody td.unmarked");
    if (today < 0 && unmarked) return board.placeOf(unmarked);
    const lastOpen = board.heads.findLastIndex((head) => !head.classList.contains("closed"));
    return { row: 0, column: Math.max(0, today < 0 ? lastOpen : today) };
  };
  // The page itself stays where it is.
  const bringIntoSight = (cell) => {
    const wrap = place.querySelector(".grid-wrap");
    const names = board.rows[0].cells[0].offsetWidth;
    wrap.scrollTo(cell.offsetLeft - (wrap.clientWidth + names) / 2, cell.offsetTop - wrap.clientHeight / 2);
  };

  begin();
  go(opening(), { focus: false });
  bringIntoSight(current());
  refresh();
  goToNamed(location.hash.slice(1));
  window.addEventListener("hashchange", () => goToNamed(location.hash.slice(1)));
})();
