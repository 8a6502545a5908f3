import LanyardAPI
import LanyardDomain

extension Lanyard_V1_Event {
  /// - Throws: `InvalidInput` where the server's answer names no event.
  var slug: String {
    get throws { try ResourceName.eventSlug(name, field: "name") }
  }
}
