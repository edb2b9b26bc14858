// Saves of the page of a day that wait in this browser, for the network or for the next login of the same person.
// IndexedDB keeps [{id, user, url, token, fields, failures}]: ids and meanings, no names. They are sent in their order; the token
// makes a second delivery harmless; the first that meets a conflict stops the rest until somebody decides.
// Every page sends what waits; the page of a day adds to it (today.js). Needs cistor.js.
(() => {
  "use strict";

  const logout = document.querySelector("form[data-user]");
  if (!logout || !window.isSecureContext || !window.indexedDB || !navigator.locks) return;
  const me = logout.dataset.user;
  const { plural } = window.cistor;
  const HX = { "HX-Request": "true" };
  // Milliseconds: after so many a weak network counts as none, and is tried again.
  const PATIENCE = 20000;
  const AGAIN = 30000;
  const SOON = [2000, 6000];
  // What the server has failed to take so often will hardly go out by itself.
  const HOPELESS = 5;

  // The store ---------------------------------------------------------------------------------------------------------

  const open = () =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open("cistor", 1);
      opening.onupgradeneeded = () =>
        opening.result.createObjectStore("saves", { keyPath: "id", autoIncrement: true }).createIndex("user", "user");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
  const inStore = async (mode, act) => {
    const database = await open();
    const transaction = database.transaction("saves", mode);
    const asked = act(transaction.objectStore("saves"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    }).finally(() => database.close());
  };
  const waiting = () => inStore("readonly", (store) => store.index("user").getAll(me));
  const put = (entry) => inStore("readwrite", (store) => store.put(entry));
  const erase = (entry) => inStore("readwrite", (store) => store.delete(entry.id));
  // Unless somebody has given it up meanwhile.
  const tally = async (entry) => {
    const failures = (entry.failures ?? 0) + 1;
    if ((await waiting()).some(({ id }) => id === entry.id)) await put({ ...entry, failures });
    return { ...entry, failures };
  };

  // Saves made a moment ago on this page: they have not waited.
  const fresh = new Set();
  const add = (url, fields) => {
    const token = crypto.randomUUID();
    fresh.add(token);
    return put({ user: me, url, token, fields });
  };

  // On the way --------------------------------------------------------------------------------------------------------

  const ask = (url, options) =>
    fetch(url, { headers: HX, signal: AbortSignal.timeout(PATIENCE), ...options }).catch(() => null);

  // A network may answer in the server's place, with pages of its own; a server that is being restarted is not there.
  const isThere = (answer) => answer && ![502, 503, 504].includes(answer.status);

  // What stands in the way of a save: "offline", "session", "other" (somebody else's login), "refused" (the group is out
  // of reach), "failed" (the server's own fault), or "".
  const wayTo = async (url) => {
    const answer = await ask(url, { method: "HEAD" });
    const why = obstacle(answer);
    if (why) return why === "refused" ? whoseRefusal() : why;
    const whose = answer.headers.get("X-User");
    return whose === me ? "" : whose ? "other" : "offline";
  };
  const obstacle = (answer) => {
    if (!isThere(answer)) return "offline";
    if (answer.headers.has("HX-Redirect")) return "session";
    if ([403, 404].includes(answer.status)) return answer.headers.has("X-Csrf-Failure") ? "failed" : "refused";
    return answer.status >= 400 ? "failed" : "";
  };
  // A refusal does not say to whom.
  const whoseRefusal = async () => {
    const answer = await ask("/", { headers: {} });
    const whose = answer && parse(await answer.text()).querySelector("form[data-user]")?.dataset.user;
    return whose === me ? "refused" : whose ? "other" : "offline";
  };

  const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  const whole = ({ token, fields }) => [...fields, ["token", token], ["csrfmiddlewaretoken", csrf()]];
  // `more`: another save of the same page goes out behind it, and what follows from the day is said of that one.
  const post = async (entry, more) => {
    const fields = more ? [...whole(entry), ["more", "1"]] : whole(entry);
    const answer = await ask(entry.url, { method: "POST", body: new URLSearchParams(fields) });
    if (answer?.headers.get("X-Saved") === entry.token) return { saved: true };
    const page = [409, 422].includes(answer?.status) ? parse(await answer.text()) : null;
    if (page?.querySelector("[data-error-summary]")) return { why: "conflict", page };
    const why = obstacle(answer) || "offline";
    return { why: why === "refused" ? await whoseRefusal() : why };
  };
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  // Pages whose saves went out from this tab, or were given up.
  const settled = new Set();
  const forget = async (entry) => {
    await erase(entry);
    settled.add(entry.url);
  };

  let sent = false;
  // Another tab has sent what this one says is waiting.
  const tabs = new BroadcastChannel("cistor-saves");
  tabs.addEventListener("message", ({ data }) => {
    if (data.user !== me) return;
    sent ||= Boolean(said);
    tryAgain();
  });

  // Sends until something stands in the way: null, or {why, entry, page}. What is added meanwhile goes along.
  const send = async () => {
    for (let isFirst = true; ; isFirst = false) {
      const [entry, ...behind] = await waiting();
      if (!entry) return null;
      const why = isFirst && (await wayTo(entry.url));
      const outcome = why ? { why } : await post(entry, behind.some(({ url }) => url === entry.url));
      if (!outcome.saved) return { ...outcome, entry: outcome.why === "failed" ? await tally(entry) : entry };
      await forget(entry);
      tabs.postMessage({ user: me });
      sent ||= !fresh.delete(entry.token);
    }
  };

  // One tab at a time; whoever waited for its turn finds what the other has left.
  let underWay = null;
  const turn = () => navigator.locks.request("cistor-saves", send).then(tell);
  const flush = () => (underWay ??= turn().finally(() => (underWay = null)));

  // Words -------------------------------------------------------------------------------------------------------------

  const WAITS = (count) => plural(count, "zapis obecności czeka", "zapisy obecności czekają", "zapisów obecności czeka");
  const WORDS = {
    offline: "Nie ma połączenia. W tej przeglądarce {} na jego powrót. Możesz oznaczać dalej.",
    session: "Sesja wygasła. Zaloguj się w nowej karcie: w tej przeglądarce {} na zalogowanie.",
    other: "W tej przeglądarce zalogował się kto inny. Tu {} na ponowne zalogowanie osoby, która oznaczała.",
    refused: "Nie możesz już zmieniać obecności grupy, której dotyczy zapis {dnia}. W tej przeglądarce {}.",
    failed: "Serwer nie przyjął zapisu {dnia}. W tej przeglądarce {} na następną próbę, która ruszy sama.",
    staying: "Bez połączenia nie można się wylogować. W tej przeglądarce {} na jego powrót.",
  };
  const element = (name, props, ...content) => {
    const made = Object.assign(document.createElement(name), props);
    made.append(...content);
    return made;
  };
  const button = (text, act) => {
    const made = element("button", { type: "button", className: "btn btn-secondary" }, text);
    made.addEventListener("click", async () => {
      // Not disabled: the focus would be lost.
      if (made.ariaDisabled) return;
      made.ariaDisabled = "true";
      if ((await act()) === false) made.ariaDisabled = null;
      else await flush();
    });
    return made;
  };

  const deeds = (...buttons) => element("div", { className: "actions" }, ...buttons);

  let shown = null;
  let said = "";
  // Until somebody decides.
  let stopped = false;
  const tell = async (stop) => {
    const count = (await waiting()).length;
    // Added when the last was on its way.
    if (!stop && count) return turn();
    if (isShownThere(stop)) return stop;
    if (stop) fresh.clear();
    const key = stop ? `${stop.why} ${stop.entry.token} ${count} ${isHopeless(stop)}` : "";
    if (key !== said || !stop) write(stop ? wordsOf(stop, count) : sent ? done() : null);
    sent = false;
    said = key;
    stopped = ["conflict", "refused"].includes(stop?.why);
    document.dispatchEvent(new Event("cistor:queue"));
    return stop;
  };
  // On the page where it was chosen a moment ago, the server's answer is shown whole (today-save.js).
  const isShownThere = (stop) => {
    if (stop?.why !== "conflict" || !fresh.has(stop.entry.token)) return false;
    return !document.dispatchEvent(new CustomEvent("cistor:conflict", { cancelable: true, detail: stop.entry }));
  };
  // Whoever decided by keys goes on from the next words.
  const write = (words) => {
    const main = document.getElementById("main");
    const wasInside = shown?.contains(document.activeElement);
    shown?.remove();
    shown = words;
    if (shown) main.prepend(Object.assign(shown, { tabIndex: -1 }));
    if (wasInside) (shown ?? main).focus();
  };
  // The page was made before they went out.
  const done = () => {
    const link = element("a", { href: location.href }, "Odśwież stronę");
    return element("p", { className: "message info", role: "status" }, "Zapisy, które czekały, są wysłane. ", link);
  };
  const wordsOf = (stop, count) => {
    if (stop.why === "conflict") return conflictOf(stop, count - 1);
    const words = WORDS[stop.why].replace("{}", WAITS(count));
    const box = element("div", {}, stop.entry ? words.replace("{dnia}", ofDay(stop.entry)) : words);
    if (isHopeless(stop)) box.append(deeds(button("Odrzuć ten zapis", () => giveUp(stop.entry))));
    return element("div", { className: "message warning", role: "alert" }, box);
  };

  // Whose group it is no more stays so; a fault of the server's passes by itself.
  const isHopeless = ({ why, entry }) => why === "refused" || (why === "failed" && entry.failures >= HOPELESS);
  // "z 13 marca 2026".
  const ofDay = ({ url }) => {
    const day = new URL(url, location.href).searchParams.get("dzien");
    return `z ${new Date(`${day}T12:00`).toLocaleDateString("pl-PL", { dateStyle: "long" })}`;
  };
  const giveUp = (entry) =>
    window.confirm(`Odrzucić zapis obecności ${ofDay(entry)}? Tego, co w nim oznaczono, nie da się odzyskać.`) && forget(entry);

  // The server's own words about who was first and what stands, the two ways on, and what cannot go out before.
  const conflictOf = ({ entry, page }, behind) => {
    const words = document.importNode(page.querySelector("[data-error-summary]"), true);
    for (const link of words.querySelectorAll("a[href^='#']")) link.href = entry.url + link.getAttribute("href");
    words.querySelectorAll("[data-on-page]").forEach((part) => (part.textContent = "; wybierz jedno z dwojga"));
    const choice = deeds(button("Zostaw to, co stoi", () => forget(entry)));
    const form = page.querySelector("form[data-day]");
    if (form && words.matches(".warning")) choice.prepend(button("Zastąp moim wyborem", () => insist(entry, form)));
    if (form && !words.matches(".warning")) choice.prepend(button("Popraw na stronie dnia", () => show(entry)));
    const about = element("strong", {}, `Zapis, który czekał: ${page.title.split(" – ")[0]}.`);
    const told = element("div", {}, ...words.querySelector("div, span").childNodes);
    const after = behind ? [element("p", {}, `Za nim ${WAITS(behind)}.`)] : [];
    return element("div", { className: words.className, role: "alert" }, element("div", {}, about, told, ...after, choice));
  };
  // The page that told of the conflict has seen what stands: sent anew, the choice is meant.
  const insist = (entry, form) => put({ ...entry, token: crypto.randomUUID(), fields: fieldsOf(form) });
  // The page of the day with what was chosen. The save waits until that page has come (data-answered).
  const show = (entry) => {
    const form = element("form", { method: "post", action: entry.url, hidden: true });
    form.append(...whole(entry).map(([name, value]) => element("input", { type: "hidden", name, value })));
    document.body.append(form);
    form.submit();
    return new Promise(() => {});
  };
  const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "token"].includes(name));

  // When --------------------------------------------------------------------------------------------------------------

  // On the way out nothing is sent any more, for what has gone out may renew the page.
  let isGoing = false;
  const tryAgain = async () => {
    try {
      if (!isGoing && !stopped && (said || (await waiting()).length)) await flush();
    } catch {
      // A browser that keeps nothing has nothing to send.
    }
  };
  // A network that is just changing loses the first answers.
  window.addEventListener("online", () => [0, ...SOON].forEach((after) => setTimeout(tryAgain, after)));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tryAgain());
  setInterval(tryAgain, AGAIN);

  // What the server answered with this page is on it, to be worked on: it waits no more.
  const answered = document.querySelector("[data-answered]")?.dataset.answered;
  const forgetAnswered = async () => {
    const found = answered && (await waiting()).find(({ token }) => token === answered);
    if (found) await erase(found);
  };
  forgetAnswered().then(tryAgain, tryAgain);

  // Nothing stays behind on a shared computer, and nothing is thrown away by who then cannot leave.
  const goodbye = async () => {
    if ((await waiting()).length) await flush();
    const left = await waiting();
    const isReached = !left.length || isThere(await ask(logout.action, { method: "HEAD" }));
    if (!isReached) return write(wordsOf({ why: "staying" }, left.length));
    const question = `W tej przeglądarce ${WAITS(left.length)} na wysłanie. Wylogowanie usunie, co nie zostało wysłane. Wylogować?`;
    if (left.length && !window.confirm(question)) return null;
    await Promise.all(left.map(forget));
    return leave();
  };
  const leave = () => {
    logout.submit();
    return true;
  };
  window.addEventListener("pageshow", () => (isGoing = false));
  logout.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isGoing) return;
    isGoing = true;
    event.submitter?.setAttribute("aria-busy", "true");
    isGoing = (await goodbye().catch(leave)) === true;
    if (!isGoing) event.submitter?.removeAttribute("aria-busy");
  });

  const count = async () => (await waiting()).length;
  const isWaiting = async (url) => (await waiting()).some((entry) => entry.url === url);
  // Nothing goes out before somebody has decided: whoever saves meanwhile is led there.
  const heed = () => stopped && shown?.focus();
  window.cistor.queue = { add, count, flush, fieldsOf, heed, isWaiting, show, settled };
})();
