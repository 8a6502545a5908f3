/// The file of a design of badges with the logos that lie beside it; it may come from a stranger.
package struct BadgeDesignFile: Hashable, Sendable {
  /// The most bytes of the design itself.
  package static let byteLimit = 64 << 10
  /// The most logos.
  package static let logoLimit = 8
  /// The most bytes of a logo.
  package static let logoByteLimit = 256 << 10
  /// The most characters of its name.
  package static let nameLimit = 200

  /// What its faults call it.
  package let name: String
  /// YAML in UTF-8.
  package let content: [UInt8]
  /// The bytes of logos by the names of their files.
  package let logos: [String: [UInt8]]

  package init(name: String, content: [UInt8], logos: [String: [UInt8]] = [:]) {
    self.name = name
    self.content = content
    self.logos = logos
  }
}
