"""What the outbox does for messaging: fan out in batches, give to the gateways."""

from __future__ import annotations

from uuid import UUID

from linli.common.outbox import Parcel, handler

from .actions.send import send_batch
from .actions.tell import FAN_OUT, SEND, fan_out
from .models import Message


@handler(FAN_OUT)
def fan_out_batch(parcel: Parcel) -> None:
    message = Message.objects.filter(pk=UUID(parcel.payload["message"])).first()
    if message is not None:
        fan_out(message=message, people=[UUID(one) for one in parcel.payload["people"]], now=parcel.now)


@handler(SEND)
def send(parcel: Parcel) -> None:
    send_batch(deliveries=[UUID(one) for one in parcel.payload["deliveries"]], now=parcel.now)
