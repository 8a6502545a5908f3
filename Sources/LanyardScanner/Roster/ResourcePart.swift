import LanyardDomain

/// Parts of resource names that a lane keeps as text.
package enum ResourcePart {
  /// The resource's own id; the text itself where it is no name.
  package static func last(of name: String) -> String { ResourceName(name)?.id ?? name }

  /// Slug of the event; empty where the text is no name of something in one.
  package static func event(of name: String) -> String { ResourceName(name)?.event ?? "" }
}
