"""The scanner half of our bleak backend on bumble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bumble.device import Advertisement

from hipmonitor.io.ble.bumble_advertisement import Advertised, read_advertisement

if TYPE_CHECKING:
    from hipmonitor.io.ble.bumble_radio import BumbleRadio


class BumbleScanner(BaseBleakScanner):
    """Reports every advertisement, merged with its scan response and with what the same device said before."""

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: Literal["active", "passive"] = "active",
        *,
        radio: BumbleRadio,
        **_of_other_systems: Any,  # noqa: ANN401 - bleak hands over the options of every operating system
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._radio = radio

    async def start(self) -> None:
        """Start scanning."""
        self.seen_devices = {}
        await self._radio.add_scanner(self)

    async def stop(self) -> None:
        """Stop scanning."""
        await self._radio.remove_scanner(self)

    def heard(self, advertisement: Advertisement) -> None:
        """One advertisement reached the radio."""
        address = advertisement.address.to_string(with_type_qualifier=False)
        said = read_advertisement(advertisement.data.ad_structures)
        self._remember_name(address, said)
        if not self.is_allowed_uuid(said.service_uuids):
            return
        data = AdvertisementData(
            local_name=said.name,
            manufacturer_data=said.manufacturer_data,
            service_data=said.service_data,
            service_uuids=said.service_uuids,
            tx_power=said.tx_power_dbm,
            rssi=advertisement.rssi,
            platform_data=(advertisement,),
        )
        details = {"address": advertisement.address}
        device = self.create_or_update_device(address, address, said.name, details, data)
        self.call_detection_callbacks(device, data)

    def _remember_name(self, address: str, said: Advertised) -> None:
        """A lost scan response does not make a device nameless again."""
        known = self.seen_devices.get(address)
        if said.name is None and known is not None:
            said.name = known[1].local_name
