import ArgumentParser
import LanyardDomain
import LanyardTexts

/// How commands read which event is meant.
enum EventSlug {
  /// The slug: as it is, in capitals, or of the event's resource name.
  ///
  /// - Throws: `ValidationError` where it can be no event's.
  static func read(_ text: String) throws -> String {
    if case .event(let slug)? = ResourceName(text) { return slug }
    let slug = text.lowercased()
    guard ResourceID.isValid(slug) else { throw ValidationError(Sentence(.optionNoSlug, ["text": .text(text)])) }
    return slug
  }
}
