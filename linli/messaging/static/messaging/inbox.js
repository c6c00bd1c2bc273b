/* Keeps the number of unread letters in the header fresh. Asks every 15 seconds while the page is seen;
   an unchanged inbox answers 304 without a body. Without this script the number is as fresh as the page. */
(() => {
  const { inbox, count } = document.currentScript.dataset;
  let tag = '', timer = 0;
  const show = n => document.querySelectorAll(`a[href="${inbox}"]`).forEach(link => {
    let badge = link.querySelector('.cnt');
    if (!n) { badge?.remove(); return; }
    if (!badge) {
      if (!link.closest('.strip')) return;
      badge = document.createElement('span');
      badge.className = 'cnt';
      link.append(' ', badge);
    }
    badge.textContent = n;
  });
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(count, { headers: tag ? { 'If-None-Match': tag } : {}, redirect: 'manual', cache: 'no-store' });
      if (answer.type === 'opaqueredirect') { clearInterval(timer); return; }
      if (answer.status !== 200) return;
      tag = answer.headers.get('ETag') || '';
      show((await answer.json()).unread);
    } catch { /* the next look may succeed */ }
  };
  timer = setInterval(ask, 15000);
  document.addEventListener('visibilitychange', ask);
})();
