// A real SMSC (node-smpp) with bad manners: throttles first, asks enquire_link in between, and sends each
// receipt twice, once before the answer to the message it is about. Says what it got as JSON lines.
const smpp = require('smpp');

let throttle = Number(process.argv[2] || 0);
const manner = process.argv[3] || ''; // hang-up: ends the line after each message; unbind: says so first
let count = 0;
const say = thing => console.log(JSON.stringify(thing));

const server = smpp.createServer(session => {
  session.on('error', () => {});
  session.on('bind_transceiver', pdu => { say({ bound: true }); session.send(pdu.response({ command_status: pdu.password === 'geheim' ? 0 : smpp.ESME_RBINDFAIL })); });
  session.on('enquire_link', pdu => { say({ asked: true }); session.send(pdu.response()); });
  session.on('enquire_link_resp', () => say({ alive: true }));
  session.on('unbind', pdu => { session.send(pdu.response()); session.close(); });
  session.on('submit_sm', pdu => {
    if (throttle > 0) {
      throttle -= 1;
      say({ throttled: true });
      session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
      return;
    }
    count += 1;
    const id = `n${count}`;
    const body = pdu.short_message;
    const header = body.udh && body.udh[0] ? [...body.udh[0]] : [];
    say({ id, to: pdu.destination_addr, text: body.message, header, coding: pdu.data_coding });
    session.enquire_link();
    const receipt = () => session.deliver_sm({
      esm_class: 4, source_addr: pdu.destination_addr, destination_addr: pdu.source_addr,
      short_message: `id:${id} sub:001 dlvrd:001 submit date:2605190800 done date:2605190801 stat:DELIVRD err:000 text:`,
    });
    receipt();
    session.send(pdu.response({ message_id: id }));
    receipt();
    if (manner === 'hang-up') setTimeout(() => session.destroy(), 20);
    if (manner === 'unbind') setTimeout(() => session.unbind(), 20);
  });
});
server.listen(0, '127.0.0.1', function () { say({ port: this.address().port }); });
