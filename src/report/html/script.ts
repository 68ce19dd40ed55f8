/** The page's script: filter, side by side, theme, proofs on hover, click and key. It adds nothing that is not in the page. */
export const SCRIPT = `
'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  root.classList.add('js');
  const remembered = {
    get(key) { try { return localStorage.getItem('reroute.' + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem('reroute.' + key, value); } catch {} },
  };

  const themes = ['auto', 'light', 'dark'];
  const setTheme = (theme) => {
    if (theme === 'auto') delete root.dataset.theme; else root.dataset.theme = theme;
    one('#theme').textContent = theme[0].toUpperCase() + theme.slice(1) + ' theme';
    remembered.set('theme', theme);
  };
  let theme = themes.includes(remembered.get('theme')) ? remembered.get('theme') : 'auto';
  setTheme(theme);
  one('#theme').addEventListener('click', () => setTheme(theme = themes[(themes.indexOf(theme) + 1) % 3]));

  const cards = all('details.file');
  const links = all('.files li');
  const parts = { edited: one('#changes'), review: one('#review'), left: one('#left') };
  const skipped = one('#skipped');
  const filter = one('#filter');
  const matches = (element, words) => words.every((word) => element.dataset.file.toLowerCase().includes(word));
  const showOnly = (words) => {
    const show = (element) => !(element.hidden = !matches(element, words));
    const shown = cards.filter(show).length;
    links.forEach(show);
    all('.items > li, .places > li').forEach(show);
    for (const group of all('.group')) group.hidden = words.length > 0 && !one('li[data-file]:not([hidden])', group);
    for (const phase of all('.phase')) phase.hidden = words.length > 0 && !one('.file:not([hidden])', phase);
    for (const list of all('.files ul')) list.hidden = list.previousElementSibling.hidden = !one('li:not([hidden])', list);
    one('#shown').textContent = words.length ? shown + ' of ' + cards.length + ' files' : cards.length + (cards.length === 1 ? ' file' : ' files');
    for (const part of [...Object.values(parts), skipped]) {
      if (part) part.classList.toggle('none', words.length > 0 && !one('[data-file]:not([hidden])', part));
    }
  };
  const update = () => {
    const result = one('input[name=result]:checked').value;
    for (const [name, part] of Object.entries(parts)) part.hidden = result !== 'all' && result !== name;
    if (skipped) skipped.hidden = result !== 'all';
    for (const card of all('.card')) card.hidden = result !== 'all';
    showOnly(filter.value.toLowerCase().split(/\\s+/).filter(Boolean));
  };
  filter.addEventListener('input', update);
  for (const radio of all('input[name=result]')) radio.addEventListener('change', update);

  const visible = () => cards.filter((card) => !card.hidden && !card.closest('[hidden]'));
  const fold = one('#fold');
  fold.addEventListener('click', () => {
    const open = fold.textContent === 'Open all';
    for (const card of visible()) card.open = open;
    fold.textContent = open ? 'Close all' : 'Open all';
  });

  const cell = (row, side) => {
    const number = document.createElement('td');
    const code = document.createElement('td');
    number.dataset.n = '';
    if (!row) { number.className = code.className = 'none'; return [number, code]; }
    number.dataset.n = row.cells[side].dataset.n;
    number.className = code.className = row.className === 'c' ? '' : row.className;
    code.append(...[...row.cells[2].childNodes].map((node) => node.cloneNode(true)));
    return [number, code];
  };
  const sideBySide = (table) => {
    const body = document.createElement('tbody');
    const wide = document.createElement('table');
    wide.className = 'diff s';
    let removed = [], added = [];
    const flush = () => {
      for (let i = 0; i < Math.max(removed.length, added.length); i++) body.insertRow().append(...cell(removed[i], 0), ...cell(added[i], 1));
      removed = []; added = [];
    };
    for (const row of table.rows) {
      if (row.className === 'd') { if (added.length) flush(); removed.push(row); }
      else if (row.className === 'a') added.push(row);
      else {
        flush();
        if (row.className === 'h') { const copy = row.cloneNode(true); copy.cells[0].colSpan = 4; body.append(copy); }
        else body.insertRow().append(...cell(row, 0), ...cell(row, 1));
      }
    }
    flush();
    const sizes = document.createElement('colgroup');
    for (const name of ['no', 'code', 'no', 'code']) sizes.append(Object.assign(document.createElement('col'), { className: name }));
    wide.append(sizes, body);
    table.after(wide);
  };
  const view = one('#view');
  const arrange = (card) => {
    const unified = one('.diff.u', card);
    if (!unified || !card.open) return;
    const split = view.getAttribute('aria-pressed') === 'true';
    if (split && !one('.diff.s', card)) sideBySide(unified);
    unified.hidden = split && !narrow.matches;
    const wide = one('.diff.s', card);
    if (wide) wide.hidden = !split;
  };
  const narrow = matchMedia('(max-width: 60rem)');
  narrow.addEventListener('change', () => cards.forEach(arrange));
  const setView = (split) => {
    view.setAttribute('aria-pressed', String(split));
    remembered.set('view', split ? 'split' : 'unified');
    cards.forEach(arrange);
  };
  view.addEventListener('click', () => setView(view.getAttribute('aria-pressed') !== 'true'));
  for (const card of cards) card.addEventListener('toggle', () => arrange(card));
  setView(remembered.get('view') === 'split');

  const bubble = one('#proof');
  let pinned = false, current = null, timer = 0;
  const close = () => {
    pinned = false; bubble.hidden = true;
    if (current) { current.classList.remove('on'); current.removeAttribute('aria-describedby'); }
    current = null;
  };
  const explain = (mark) => {
    const proof = document.getElementById(mark.hash.slice(1));
    if (!proof) return;
    close();
    current = mark;
    mark.classList.add('on');
    mark.setAttribute('aria-describedby', 'proof');
    bubble.replaceChildren(...[...proof.childNodes].map((node) => node.cloneNode(true)));
    bubble.hidden = false;
    const at = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const width = bubble.offsetWidth, height = bubble.offsetHeight;
    const left = Math.min(at.left, root.clientWidth - width - 16);
    const below = at.bottom + 6 + height < root.clientHeight;
    bubble.style.left = Math.max(8, left) + scrollX + 'px';
    bubble.style.top = (below ? at.bottom + 6 : at.top - height - 6) + scrollY + 'px';
  };
  const markOf = (event) => event.target instanceof Element && event.target.closest('a.m');
  document.addEventListener('mouseover', (event) => {
    const mark = markOf(event);
    clearTimeout(timer);
    if (pinned) return;
    if (mark && mark !== current) timer = setTimeout(explain, 120, mark);
    else if (!mark && current && !bubble.contains(event.target)) timer = setTimeout(close, 250);
  });
  document.addEventListener('focusin', (event) => {
    const mark = markOf(event);
    if (mark) { if (mark !== current) explain(mark); }
    else if (current && !bubble.contains(event.target)) close();
  });
  document.addEventListener('click', (event) => {
    const mark = markOf(event);
    if (mark) {
      event.preventDefault();
      const again = pinned && mark === current;
      if (again) close(); else { explain(mark); pinned = true; }
    } else if (current && !bubble.contains(event.target)) close();
  });

  const reveal = (id) => {
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
    target.scrollIntoView({ block: 'start' });
    for (const link of links) link.classList.toggle('here', one('a', link).hash === '#' + id);
  };
  const hash = () => reveal(decodeURIComponent(location.hash.slice(1)));
  addEventListener('hashchange', hash);
  if (location.hash) hash();
  for (const link of links) link.addEventListener('click', () => setTimeout(hash));

  const marksIn = (card) => all('.diff:not([hidden]) a.m:not([tabindex])', card).filter((mark) => mark.getClientRects().length > 0);
  const focus = (element) => { if (element) { element.scrollIntoView({ block: 'center' }); element.focus({ preventScroll: true }); } };
  const here = (shown) => {
    const active = document.activeElement.closest('details.file');
    return active ? shown.indexOf(active) : shown.findIndex((card) => card.getBoundingClientRect().bottom > 0) - 0.5;
  };
  const nextFile = (by) => {
    const shown = visible();
    const at = here(shown);
    const card = shown[by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1];
    if (card) focus(one('summary', card));
  };
  const nextEdit = (by) => {
    const shown = visible().filter((card) => one('a.m', card));
    const at = here(shown);
    if (Number.isInteger(at) && at >= 0) {
      const marks = marksIn(shown[at]);
      const next = marks.indexOf(document.activeElement) + by;
      if (next >= 0 && marks[next]) { focus(marks[next]); return; }
    }
    const card = shown[by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1];
    if (!card) return;
    card.open = true;
    arrange(card);
    focus(marksIn(card).at(by > 0 ? 0 : -1));
  };
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { const mark = current; close(); if (mark) mark.focus(); if (event.target === filter) filter.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input[type=search]')) return;
    if (event.key === '/') { event.preventDefault(); filter.focus(); }
    else if (event.key === 'j' || event.key === 'k') nextFile(event.key === 'j' ? 1 : -1);
    else if (event.key === 'n' || event.key === 'p') nextEdit(event.key === 'n' ? 1 : -1);
  });
  update();
})();
`;
