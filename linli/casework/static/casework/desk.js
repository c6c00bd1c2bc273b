/* The list of a desk: asks for what is new while it is seen, keeps ticks and place; j and k walk it, Enter opens.
   An unchanged list answers 304. Without this script the list is as fresh as the page, and Tab walks it. */
(() => {
  const box = document.querySelector('[data-rows]');
  if (!box) return;
  let tag = '';
  const links = () => [...box.querySelectorAll('a.t')];
  const ask = async () => {
    if (document.hidden || 'still' in box.dataset) return;
    try {
      const answer = await fetch(box.dataset.rows, { headers: tag ? { 'If-None-Match': tag } : {}, redirect: 'manual', cache: 'no-store' });
      if (answer.status !== 200) return;
      tag = answer.headers.get('ETag') || '';
      const ticked = new Set([...box.querySelectorAll('input:checked')].map(one => one.value));
      const at = document.activeElement?.closest('[data-rows]') && (document.activeElement.href || document.activeElement.value);
      box.innerHTML = await answer.text();
      box.querySelectorAll('input[name=pick]').forEach(one => { one.checked = ticked.has(one.value); });
      if (at) [...box.querySelectorAll('a, input')].find(one => one.href === at || one.value === at)?.focus({ preventScroll: true });
    } catch { /* the next look may succeed */ }
  };
  setInterval(ask, 5000);
  document.addEventListener('visibilitychange', ask);
  document.addEventListener('keydown', e => {
    if (!['j', 'k'].includes(e.key) || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input:not([type=checkbox]), select, textarea')) return;
    const all = links(), at = all.indexOf(document.activeElement);
    all[Math.max(0, Math.min(all.length - 1, e.key === 'j' ? at + 1 : at - 1))]?.focus();
  });
})();
