// Search, filters and shared links of the page. The page is complete without this: here rows and findings are only hidden, marked and
// counted. What is shown is a function of the state {q, unit, role, severity, at}, and the state stands in the address after «#»,
// so that a view can be sent as a link. An address without «=» is a plain place on the page. Nothing is fetched, nothing is stored.
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const form = document.querySelector('form.filters');
  const search = byId('search'), shown = byId('shown'), clear = byId('clear');
  const selects = ['unit', 'role', 'severity'].map(byId).filter(Boolean);
  form.hidden = false;
  document.documentElement.classList.add('script');
  // Heads of tables stand right under the bar.
  const bar = document.querySelector('.bar');
  new ResizeObserver(() => document.documentElement.style.setProperty('--bar', bar.offsetHeight + 'px')).observe(bar);

  // --- folding: no tone marks, no case, đ as d, one blank for any run of them, one kind of dash --------------------------------
  const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd')
      .replace(/[‐-―−]/g, '-').replace(/\s+/g, ' ');
  const kApart = '.note, .links, .follows, h2';   // not searched with what it stands in
  function* textsOf(element) {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_ALL,
        (node) => node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
            : node.matches(kApart) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) yield node;
  }
  const foldedText = (element) => fold([...textsOf(element)].map((node) => node.data).join(' '));

  // The same text with the place of each of its letters. A letter is folded once for all.
  const folds = new Map();
  function foldOnce(letter) {
    let folded = folds.get(letter);
    if (folded === undefined) folds.set(letter, folded = fold(letter));
    return folded;
  }
  const isMark = (code) => code >= 0x300 && code <= 0x36f;
  function lettersOf(element) {
    const places = [];
    let folded = '';
    const add = (letter, place) => {
      if (letter === ' ' && folded.endsWith(' ')) return;
      folded += letter;
      for (let unit = 0; unit < letter.length; ++unit) places.push(place);
    };
    for (const node of textsOf(element)) {
      if (folded) add(' ', null);
      const text = node.data;
      for (let begin = 0, end = 0; begin < text.length; begin = end) {
        end = begin + (text.codePointAt(begin) > 0xffff ? 2 : 1);
        while (end < text.length && isMark(text.charCodeAt(end))) ++end;   // marks that stand apart
        const place = {node, begin, end};
        for (const letter of foldOnce(text.slice(begin, end))) add(letter, place);
      }
    }
    return {folded, places};
  }

  // --- what can be hidden: rows in their groups, findings in their list -------------------------------------------------------
  const items = [];
  const rowOf = new Map();   // by its anchor
  function item(element, group, level) {
    const one = {element, group, level, folded: null, kept: true, up: null};
    for (let i = items.length - 1; level > 0 && i >= 0; --i) {
      if (items[i].level < level && items[i].group === group) {
        one.up = items[i];
        break;
      }
    }
    items.push(one);
    return one;
  }
  const groups = [];
  for (const sheet of document.querySelectorAll('.sheet')) {
    const nothing = sheet.querySelector('.nothing'), table = sheet.querySelector('table');
    for (const body of table.tBodies) {
      const group = {body, heading: body.querySelector('tr.group'), nothing, table, left: 0};
      groups.push(group);
      for (const row of body.rows) {
        if (row === group.heading) continue;
        const one = item(row, group, Number(row.dataset.level || 0));
        one.who = row.dataset.who ? row.dataset.who.split(' ') : [];
        one.key = row.dataset.id || row;
        if (row.id) rowOf.set(row.id, one);
      }
    }
  }
  const whoOf = new Map();
  for (const one of items) whoOf.set(one.key, one.who);
  const rows = items.length;
  const list = document.querySelector('ol.findings');
  if (list) {
    const group = {nothing: document.querySelector('#findings .nothing'), list, left: 0};
    groups.push(group);
    for (const element of list.querySelectorAll('.finding, .follower')) {
      const one = item(element, group, element.classList.contains('follower') ? 1 : 0);
      one.severity = element.dataset.severity;
      const row = rowOf.get(element.dataset.row);
      one.who = row ? row.who : [];
    }
  }
  const drawn = [...document.querySelectorAll('.ordo-timeline .task')];
  const allRows = new Set(items.slice(0, rows).map((one) => one.key)).size;
  const allFindings = items.length - rows;

  function foldedOf(one) {
    if (one.folded === null) one.folded = foldedText(one.element);
    return one.folded;
  }

  // --- marks -------------------------------------------------------------------------------------------------------------------
  const kMostMarks = 5000;
  const painted = typeof Highlight === 'function' && CSS.highlights;
  let wrapped = [];
  function unmark() {
    if (painted) return CSS.highlights.delete('found');
    for (const mark of wrapped) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    wrapped = [];
  }
  function mark(query) {
    const ranges = [];
    for (const one of items) {
      if (!one.kept || ranges.length >= kMostMarks) continue;
      const {folded, places} = lettersOf(one.element);
      for (let at = folded.indexOf(query); at >= 0 && ranges.length < kMostMarks; at = folded.indexOf(query, at + query.length)) {
        // A match is marked piece by piece where it runs over several texts.
        let piece = null;
        for (let i = at; i < at + query.length; ++i) {
          const place = places[i];
          if (!place) continue;
          if (piece && piece.node === place.node) piece.end = place.end;
          else ranges.push(piece = {...place});
        }
      }
    }
    if (painted) {
      CSS.highlights.set('found', new Highlight(...ranges.map((piece) => {
        const range = new Range();
        range.setStart(piece.node, piece.begin);
        range.setEnd(piece.node, piece.end);
        return range;
      })));
      return;
    }
    // From the end, so that earlier offsets into a text stay true.
    for (const piece of ranges.reverse()) {
      const rest = piece.node.splitText(piece.begin);
      rest.splitText(piece.end - piece.begin);
      const element = document.createElement('mark');
      rest.replaceWith(element);
      element.append(rest);
      wrapped.push(element);
    }
  }

  // --- state and address -------------------------------------------------------------------------------------------------------
  const kKeys = ['q', 'unit', 'role', 'severity', 'at'];
  const empty = () => ({q: '', unit: '', role: '', severity: '', at: ''});
  function read() {
    const state = empty();
    const hash = location.hash.slice(1);
    if (!hash.includes('=')) return state;
    for (const part of hash.split('&')) {
      const cut = part.indexOf('=');
      const key = part.slice(0, cut);
      if (cut < 0 || !kKeys.includes(key)) continue;
      try {
        state[key] = decodeURIComponent(part.slice(cut + 1)).normalize('NFC');
      } catch {   // not a sound address: as if it were not there
      }
    }
    for (const select of selects) {
      if (![...select.options].some((option) => option.value === state[select.id])) state[select.id] = '';
    }
    return state;
  }
  const write = (state) => kKeys.filter((key) => state[key]).map((key) => key + '=' + encodeURIComponent(state[key])).join('&');
  const filtered = (state) => state.q.trim() !== '' || selects.some((select) => state[select.id]);

  let state = empty();

  function apply() {
    const query = fold(state.q).trim();
    const unit = byId('unit') ? byId('unit').selectedIndex - 1 : -1;
    const role = byId('role') ? byId('role').selectedIndex - 1 : -1;
    const has = (who) => unit < 0 && role < 0 ||
        who.some((pair) => {
          const dot = pair.indexOf('.');
          return (unit < 0 || Number(pair.slice(0, dot)) === unit) && (role < 0 || Number(pair.slice(dot + 1)) === role);
        });
    unmark();
    for (const group of groups) group.left = 0;
    const keys = new Set();
    let findings = 0;
    for (const one of items) {
      one.kept = has(one.who) && (!one.severity || !state.severity || one.severity === state.severity) &&
          (query === '' || foldedOf(one).includes(query));
      one.context = false;
      if (!one.kept) continue;
      ++one.group.left;
      if (one.severity) ++findings;
      else keys.add(one.key);
      for (let up = one.up; up && !up.kept; up = up.up) up.context = true;   // above what is kept, so that it can be understood
    }
    for (const one of items) {
      one.element.hidden = !(one.kept || one.context);
      one.element.classList.toggle('context', one.context);
    }
    const left = new Map();
    for (const group of groups) {
      if (group.body && group.heading) group.body.hidden = group.left === 0;
      left.set(group.nothing, (left.get(group.nothing) || 0) + group.left);
    }
    for (const group of groups) {
      if (!group.nothing) continue;
      group.nothing.hidden = left.get(group.nothing) > 0;
      if (group.table && group.table.tHead) group.table.tHead.hidden = left.get(group.nothing) === 0;
      if (group.table && group.table.tFoot) group.table.tFoot.hidden = filtered(state);   // totals are those of all rows
    }
    for (const task of drawn) {
      const who = whoOf.get(task.dataset.id);
      task.classList.toggle('off', filtered(state) && who !== undefined && !keys.has(task.dataset.id));
    }
    if (query.length > 0) mark(query);
    const numbers = [keys.size, allRows, findings, allFindings];
    const text = shown.dataset.form.replace(/\{(\d)\}/g, (_, digit) => numbers[digit]);
    const chosen = selects.filter((select) => select.value).map((select) => select.selectedOptions[0].textContent);
    if (state.q.trim()) chosen.unshift('«' + state.q.trim() + '»');
    shown.textContent = text;
    if (chosen.length > 0) {   // on paper, where the choices themselves are not
      const note = document.createElement('span');
      note.className = 'chosen';
      note.textContent = ' · ' + chosen.join(' · ');
      shown.append(note);
    }
    document.body.classList.toggle('filtered', filtered(state));
    clear.disabled = !filtered(state);
  }

  function show(next) {
    state = next;
    if (search.value !== state.q) search.value = state.q;
    for (const select of selects) select.value = state[select.id];
    apply();
    go(state.at);
  }

  let marked = null;
  function go(id) {
    if (marked) marked.classList.remove('here');
    marked = id ? byId(id) : null;
    if (!marked) return;
    marked.classList.add('here');
    if (!marked.hasAttribute('tabindex')) marked.setAttribute('tabindex', '-1');
    marked.focus({preventScroll: true});
    const head = marked.closest('table')?.tHead;   // stays in sight above the rows
    if (head && marked.tagName === 'TR') marked.style.scrollMarginTop = head.offsetHeight + 'px';
    // Below the bar, which takes a third of a small window; a line of source stands among its neighbours.
    marked.scrollIntoView({block: marked.tagName === 'LI' ? 'center' : 'start'});
  }

  // While one types the address changes in place, so that Back leaves the page and not a letter.
  function keep() {
    const text = write(state);
    history.replaceState(null, '', text ? '#' + text : location.pathname + location.search);
  }
  function change(part) {
    Object.assign(state, part, {at: ''});
    apply();
    keep();
  }

  // --- events ------------------------------------------------------------------------------------------------------------------
  let timer = 0;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => change({q: search.value}), items.length > 1000 ? 150 : 0);
  });
  for (const select of selects) select.addEventListener('change', () => change({[select.id]: select.value}));
  form.addEventListener('submit', (event) => event.preventDefault());
  function clearAll() {
    clearTimeout(timer);
    show(empty());
    keep();
  }
  clear.addEventListener('click', () => {
    clearAll();
    search.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && !event.target.closest('input, select, textarea')) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && event.target === search) {
      event.preventDefault();
      if (search.value) change({q: search.value = ''});
      else if (filtered(state)) clearAll();
    }
  });
  // A link inside the page keeps the filters unless they hide where it leads.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const id = link.getAttribute('href').slice(1);
    const target = byId(id);
    if (!target) return;
    event.preventDefault();
    let next = {...state, at: id};
    if (link.dataset.severity && byId('severity')) next = {...next, severity: link.dataset.severity};
    else if (target.closest('[hidden]')) next = {...empty(), at: id};
    const text = '#' + (filtered(next) ? write(next) : id);
    if (text !== location.hash) history.pushState(null, '', text);
    follow();
  });
  function follow() {
    const next = read();
    const hash = location.hash.slice(1);
    if (hash && !hash.includes('=')) next.at = hash;
    show(next);
  }
  addEventListener('hashchange', follow);
  follow();
})();
