// How the page of a day is saved: into the queue first, which sends it at once where the server answers (queue.js).
(() => {
  "use strict";

  const { SESSION_ENDED } = window.cistor;
  const OFFLINE = "Nie ma połączenia. Wybór zostaje na tej stronie; zapisz jeszcze raz za chwilę.";

  // changes() gives [[field of what was seen, what is wanted], …]; count() says anew how many and returns it; warn(text);
  // save() submits the form.
  const makeDaySaver = (form, { changes, count, warn, save }) => {
    const { queue } = window.cistor;
    const { pathname, search } = new URL(form.action);
    const here = pathname + search;
    let isAsking = false;
    let isLeaving = false;
    let waits = false;

    // The session may have ended, in another tab too: what was chosen is not thrown at a login page, so the server is
    // asked first. A browser without a queue keeps the choice on the page.
    const isAlive = async () => {
      const answer = await fetch(here, { method: "HEAD", headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer) warn(OFFLINE);
      else if (answer.headers.has("HX-Redirect")) warn(SESSION_ENDED);
      else return true;
      return false;
    };

    // What waits counts as seen: the next save builds on it.
    const keepWaiting = async () => {
      const asked = changes();
      if (asked.length) await queue.add(here, queue.fieldsOf(form));
      for (const [seen, value] of asked) seen.value = value;
      waits ||= asked.length > 0;
      count();
      await queue.flush();
      queue.heed();
      return false;
    };
    const mayGo = async () => {
      const isQueued = changes().length || (await queue.count());
      return isQueued ? keepWaiting() : isAlive();
    };
    // A weak network answers late.
    const busy = (is) => {
      const button = form.querySelector("button.btn-primary");
      for (const name of ["aria-busy", "aria-disabled"]) is ? button?.setAttribute(name, "true") : button?.removeAttribute(name);
    };
    const saveIfAlive = async () => {
      if (isAsking) return;
      busy((isAsking = true));
      const goes = await (queue ? mayGo().catch(isAlive) : isAlive());
      busy((isAsking = false));
      if (!goes) return;
      isLeaving = true;
      save();
    };
    form.addEventListener("submit", (event) => {
      if (!isLeaving) {
        event.preventDefault();
        saveIfAlive();
        return;
      }
      // Whoever signed in anew in another tab saves with the token of that sign-in.
      const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
      if (token) form.elements.csrfmiddlewaretoken.value = token[1];
    });

    // What this page waited for is settled: it shows what stands, unless somebody is at work on it.
    const renew = async () => {
      if ((!waits && !queue.settled.has(here)) || (await queue.isWaiting(here))) return;
      waits = false;
      queue.settled.delete(here);
      if (count()) return;
      isLeaving = true;
      location.replace(here);
    };
    if (queue) {
      document.addEventListener("cistor:queue", renew);
      // Who was first is told on the tiles, unless somebody has gone on marking.
      document.addEventListener("cistor:conflict", (event) => {
        if (event.detail.url !== here || count()) return;
        event.preventDefault();
        isLeaving = true;
        queue.show(event.detail);
      });
      queue.isWaiting(here).then((found) => (waits ||= found), () => {});
    }
    return { stay: () => (isLeaving = false), get isLeaving() { return isLeaving; } };
  };

  Object.assign(window.cistor, { makeDaySaver });
})();
