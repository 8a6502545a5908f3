import LanyardAPI

/// A registration that the driver made, and what it was told.
struct MadeRegistration: Sendable {
  /// As it was sent; no other of the event has its address.
  let sent: Lanyard_V1_Registration
  /// Resource name; nil where no answer came.
  var name: String?
  /// As it was answered.
  var answered: Lanyard_V1_Registration?
  /// The badge that it was given.
  var badge: Lanyard_V1_Badge?
  /// Whether a badge was asked for.
  var asksBadge = false
}
