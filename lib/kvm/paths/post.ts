/** A device that posts interrupts to a vCPU, as the IOMMU does: the descriptor is updated at once. */
import {
  type Process,
  assign,
  at,
  devices,
  eq,
  forever,
  not,
  step,
  when,
} from "../../machine/index.js";
import { POSTED_INTR_WAKEUP_VECTOR, VCPU, pi_desc, wakeup_vector } from "../code/vcpu.js";

/** One device for each vCPU: it posts at any moment, or never again. */
export function postingDevices(): Process {
  return devices("device", VCPU, (vcpu) => {
    const notify = eq(at(pi_desc.nv, vcpu), POSTED_INTR_WAKEUP_VECTOR);
    return [
      forever([
        // With ON set a further post changes nothing: PIR is one bit here.
        step("post", {
          when: not(at(pi_desc.on, vcpu)),
          then: [
            assign(at(pi_desc.pir, vcpu), true),
            assign(at(pi_desc.on, vcpu), true),
            when(notify, [assign(at(wakeup_vector, at(pi_desc.ndst, vcpu)), true)]),
          ],
        }),
      ]),
    ];
  });
}
