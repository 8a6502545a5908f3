import LanyardAPI

/// All registrations of an event with their badges, as they are on record.
struct RegisteredPeople: Sendable {
  /// By resource name.
  var registrations: [String: Lanyard_V1_Registration] = [:]
  /// By the registration's resource name.
  var badges: [String: [Lanyard_V1_Badge]] = [:]
}
