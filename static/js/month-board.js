// The grid of a month as data: what stands in each cell, what is pending, what was undone. A value is what the server
// calls a state: "" unmarked, "late", "late?" provisionally late.
(() => {
  "use strict";

  const NOT_SURE = "?";
  const HERE = ["present", "late"];
  const meaningOf = (value) => value.replace(NOT_SURE, "");
  const isProvisional = (value) => value.endsWith(NOT_SURE);
  const dayText = new Intl.DateTimeFormat("pl", { weekday: "long", day: "numeric", month: "long" });

  const makeBoard = () => {
    const pending = new Map();
    // The content of a cell as the server drew it, for when it stands again.
    const drawn = new Map();
    const past = [];
    const future = [];
    let latest = null;
    let table, heads, rows, sets, sumHeads;

    const load = (fresh) => {
      table = fresh;
      sets = JSON.parse(table.dataset.codes);
      heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.day);
      sumHeads = [...table.tHead.rows[0].cells].filter((head) => "sum" in head.dataset);
      rows = [...table.tBodies[0].rows];
      drawn.clear();
      [...pending].forEach(([id, value]) => {
        const cell = document.getElementById(id);
        if (cell && isOpen(cell) && value !== cell.dataset.stands) paint(cell, value);
        else pending.delete(id);
      });
      if (!pending.size) return;
      rows.forEach(sumRow);
      heads.forEach((head, column) => sumDay(column));
    };

    // Places ----------------------------------------------------------------------------------------------------------

    const cellAt = ({ row, column }) => rows[row].cells[column + 1];
    const placeOf = (cell) => ({ row: cell.parentElement.sectionRowIndex, column: cell.cellIndex - 1 });
    const nameAt = (row) => rows[row].cells[0].textContent.trim();
    const dayAt = (column) => heads[column].dataset.day;
    const programmeOf = (cell) => cell.id.split("-")[1];
    const personOf = (cell) => cell.parentElement.dataset.person;
    const isOpen = (cell) => "open" in cell.dataset;
    const isMarkable = (cell) => "stands" in cell.dataset;
    const title = (cell) => {
      const { row, column } = placeOf(cell);
      return `${nameAt(row)}, ${dayText.format(new Date(`${dayAt(column)}T12:00`))}`;
    };

    // Values ----------------------------------------------------------------------------------------------------------

    const codesOf = (cell) => sets[heads[placeOf(cell).column].dataset.codes] ?? [];
    const isKnown = (test) => sets.flat().some(test);
    const codeOf = (cell, value) => codesOf(cell).find((code) => code.meaning === meaningOf(value)) ?? null;
    const valueOf = (cell) => pending.get(cell.id) ?? cell.dataset.stands ?? "";
    const isStanding = (cell, value) => value === cell.dataset.stands;
    const takes = (cell, value) => isOpen(cell) && (!value || isStanding(cell, value) || codeOf(cell, value) !== null);
    const lettersOf = (cell, value = valueOf(cell)) => {
      if (value && value === cell.dataset.stands) return standingLetters(cell);
      return value ? `${codeOf(cell, value).letters}${isProvisional(value) ? NOT_SURE : ""}` : "";
    };
    const wordsOf = (cell, value) => lettersOf(cell, value).replace(NOT_SURE, " tymczasowo") || "nieoznaczone";
    const standingLetters = (cell) => {
      const box = document.createElement("template");
      box.innerHTML = drawn.get(cell.id) ?? cell.innerHTML;
      const code = box.content.querySelector(".code");
      return `${code.textContent}${isProvisional(cell.dataset.stands) ? NOT_SURE : ""}`;
    };

    // One act of the person, undone as one; gives the cells that changed. What refines the act before takes its place.
    const put = (changes, { refines = false } = {}) => {
      if (refines && latest === past.at(-1)) takeBack(past.pop());
      const step = changes
        .filter(([cell, value]) => takes(cell, value) && value !== valueOf(cell))
        .map(([cell, value]) => [cell.id, valueOf(cell), value]);
      latest = step;
      if (step.length) {
        past.push(step);
        future.length = 0;
        apply(step.map(([id, , after]) => [id, after]));
      }
      return step.length;
    };
    const takeBack = (step) => apply(step.map(([id, before]) => [id, before]));
    const undo = () => turn(past, future, ([id, before]) => [id, before]);
    const redo = () => turn(future, past, ([id, , after]) => [id, after]);
    const turn = (from, to, pick) => {
      const step = from.pop();
      if (!step) return null;
      to.push(step);
      apply(step.map(pick));
      return document.getElementById(step[0][0]);
    };

    const apply = (values) => {
      const touched = values.map(([id, value]) => [document.getElementById(id), value]);
      const cells = touched.filter(([cell, value]) => cell && takes(cell, value));
      cells.forEach(([cell, value]) => {
        if (value === cell.dataset.stands) pending.delete(cell.id);
        else pending.set(cell.id, value);
        paint(cell, value);
      });
      new Set(cells.map(([cell]) => cell.parentElement)).forEach(sumRow);
      new Set(cells.map(([cell]) => placeOf(cell).column)).forEach(sumDay);
    };

    // What was sent and not refused by somebody else's change is no longer pending; what was chosen or undone since is.
    // The table is still the one that was sent; `stands` gives what stands in a cell of the fresh one.
    const settle = (sent, kept, stands) => {
      const isOthers = ([id]) => ![stands(id), undefined].includes(standingOf(id)) && stands(id) !== sent.get(id);
      const others = new Set([...past, ...future].flat().filter(isOthers).map(([id]) => id));
      sent.forEach((value, id) => {
        if (kept.has(id)) return;
        if (!pending.has(id)) pending.set(id, standingOf(id));
        else if (pending.get(id) === value) pending.delete(id);
      });
      forget(others, stands);
    };
    const standingOf = (id) => table.querySelector(`#${id}`)?.dataset.stands;

    // Undoing leads to what somebody else wrote meanwhile, never back past it: of those cells only the choice that is
    // still pending can be undone.
    const forget = (ids, stands) => {
      const last = new Map([...ids].map((id) => [id, past.findLastIndex((step) => step.some(([one]) => one === id))]));
      const isWaiting = (id) => pending.has(id) && pending.get(id) !== stands(id);
      const rewritten = (step, n) =>
        step.flatMap((entry) => {
          const [id] = entry;
          if (!ids.has(id)) return [entry];
          return n === last.get(id) && isWaiting(id) ? [[id, stands(id), pending.get(id)]] : [];
        });
      past.splice(0, past.length, ...past.map(rewritten).filter((step) => step.length));
      future.splice(0, future.length, ...future.map((step) => rewritten(step, null)).filter((step) => step.length));
    };

    // What is sent: [[programme, day, seen, wanted], …].
    const asSent = () =>
      [...pending].map(([id, value]) => {
        const cell = document.getElementById(id);
        return [Number(programmeOf(cell)), dayAt(placeOf(cell).column), cell.dataset.stands, value];
      });

    // The pending marks of the person of a cell, on other days, as the address of the consequence names them.
    const pendingBeside = (cell) =>
      [...pending.keys()]
        .filter((id) => id !== cell.id && id.startsWith(`c-${programmeOf(cell)}-`))
        .map((id) => `${id.split("-").slice(2).join("-")}:${meaningOf(pending.get(id))}`)
        .join(",");

    // Drawing ---------------------------------------------------------------------------------------------------------

    const paint = (cell, value) => {
      if (!drawn.has(cell.id)) drawn.set(cell.id, cell.innerHTML);
      const isPending = pending.has(cell.id);
      const isOff = heads[placeOf(cell).column].classList.contains("closed");
      cell.classList.toggle("pending", isPending);
      cell.classList.toggle("unmarked", !value && !isOff);
      if (isPending) cell.replaceChildren(...content(cell, value, isOff));
      else cell.innerHTML = drawn.get(cell.id);
    };
    const content = (cell, value, isOff) => {
      const hidden = element("span", "visually-hidden", value || isOff ? " niezapisane" : "nieoznaczone, niezapisane");
      if (!value) return [hidden];
      const code = codeOf(cell, value);
      const classes = `code code-${code.colour}${isProvisional(value) ? " provisional" : ""}`;
      return [element("span", classes, code.letters), hidden];
    };

    // Sums stand for the pending marks too.
    const cellsOf = (row) => [...row.cells].slice(1, heads.length + 1);
    const kindOf = (cell, column) => {
      const meaning = meaningOf(valueOf(cell));
      const counts = isMarkable(cell) && !cell.classList.contains("future") && !isOff(column);
      return meaning || (counts ? "" : null);
    };
    const isOff = (column) => heads[column].classList.contains("closed");
    const sumRow = (row) => {
      const kinds = cellsOf(row).map(kindOf);
      sumHeads.forEach((head) => {
        const sum = kinds.filter((kind) => kind === head.dataset.sum).length;
        row.cells[head.cellIndex].textContent = sum || "";
      });
    };
    const sumDay = (column) => {
      const kinds = rows.map((row) => kindOf(row.cells[column + 1], column));
      totals("here").cells[column + 1].textContent = kinds.filter((kind) => HERE.includes(kind)).length || "";
      totals("unmarked").cells[column + 1].textContent = kinds.filter((kind) => kind === "").length || "";
      totals("unmarked").cells[heads.length + sumHeads.length].textContent = unmarked() || "";
    };
    const totals = (kind) => [...table.tFoot.rows].find((row) => row.dataset.total === kind);
    const unmarked = () => cellsOf(totals("unmarked")).reduce((sum, cell) => sum + Number(cell.textContent), 0);

    return {
      load, put, undo, redo, settle, asSent, pendingBeside, pending, past, future,
      cellAt, placeOf, nameAt, dayAt, programmeOf, personOf, isOpen, isMarkable, title, codesOf, isKnown, codeOf, valueOf, lettersOf, wordsOf, takes, unmarked,
      get rows() { return rows; },
      get heads() { return heads; },
    };
  };

  const element = (name, classes, text) => {
    const made = document.createElement(name);
    made.className = classes;
    made.textContent = text;
    return made;
  };

  window.cistor = Object.assign(window.cistor ?? {}, { makeBoard, element, meaningOf, isProvisional, NOT_SURE });
})();
