import LanyardAPI
import LanyardDomain

extension Lanyard_V1_Event {
  /// The last part of the name.
  var slug: String { ResourceName(name)?.id ?? name }
}
