// Sign-in with fingerprint or face: asks the device, puts its answer into the form, posts it. Forms say which by data-passkey.
(() => {
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;
  document.querySelectorAll('[data-passkey-way]').forEach(way => { way.hidden = false; });
  const data = () => JSON.parse(document.getElementById('passkey-data').textContent);
  const ask = {
    async login(form) {
      const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error('no challenge');
      return webauthnJSON.get((await answer.json()).request_options);
    },
    get: () => webauthnJSON.get(data().request_options),
    create() {
      const options = data().creation_options;
      Object.assign(options.publicKey.authenticatorSelection, { residentKey: 'required', requireResidentKey: true, userVerification: 'required' });
      return webauthnJSON.create(options);
    },
  };
  document.querySelectorAll('form[data-passkey]').forEach(form => form.addEventListener('submit', async event => {
    event.preventDefault();
    const trouble = form.querySelector('[data-passkey-error]');
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask[form.dataset.passkey](form));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  }));
})();
