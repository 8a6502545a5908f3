/// How many may be inside a place, or take part on site.
package enum Capacity {
  /// What can be said; a place without a limit says nothing.
  package static let range = 1...1_000_000
}
