/// A key that a mapping has twice, found in the text: YAML's reader stops at it, and says no more of the rest of the file.
struct DoubledKey {
  /// Where it stands again, from 1.
  let line: Int
  /// The keys that lead to it, such as `front.name`.
  let path: String
  /// The file without what stands under it there; lines keep their numbers.
  let rest: String

  /// Nil where the text does not show it, as between braces.
  ///
  /// - Parameter first: The line of the key's first place, from 1.
  init?(_ name: String, firstIn first: Int, of yaml: String) {
    var lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.indices.contains(first - 1), let key = Key(lines[first - 1]), key.name == name else { return nil }
    // In its mapping, which ends where a line stands further left.
    let after = lines.indices.dropFirst(first)
    let inside = after.prefix { Self.isBlank(lines[$0]) || Self.indent(lines[$0]) >= key.indent }
    let again = inside.first { line in Key(lines[line]).map { $0.indent == key.indent && $0.name == name } ?? false }
    guard let again else { return nil }
    let under = inside.drop { $0 <= again }.prefix { Self.isBlank(lines[$0]) || Self.indent(lines[$0]) > key.indent }
    line = again + 1
    path = (Self.parents(of: first - 1, key.indent, lines) + [name]).joined(separator: ".")
    for line in [again] + under { lines[line] = "" }
    rest = lines.joined(separator: "\n")
  }

  /// A key at the beginning of a line.
  private struct Key {
    let indent: Int
    let name: String

    init?(_ line: String) {
      let rest = line.drop { $0 == " " }
      guard let end = rest.firstIndex(of: ":"), !rest.isEmpty else { return nil }
      let after = rest[rest.index(after: end)...]
      guard after.isEmpty || after.first == " " || after.first == "\r" else { return nil }
      name = String(rest[..<end]).filter { !Self.quotes.contains($0) }
      guard !name.isEmpty, name.first != "-", !name.contains(where: Self.isSign) else { return nil }
      indent = line.count - rest.count
    }

    private static let quotes: Set<Character> = ["\u{22}", "\u{27}"]

    /// Whether it stands in no name that is written plainly.
    private static func isSign(_ character: Character) -> Bool { "#{}[],".contains(character) }
  }

  private static func isBlank(_ line: String) -> Bool {
    let text = line.drop { $0 == " " }
    return text.isEmpty || text.first == "#" || text.first == "\r"
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// The keys of the mappings that hold a line.
  private static func parents(of line: Int, _ indent: Int, _ lines: [String]) -> [String] {
    var (parents, left): ([String], Int) = ([], indent)
    for above in lines[..<line].reversed() where left > 0 && !isBlank(above) && Self.indent(above) < left {
      left = Self.indent(above)
      if let key = Key(above) { parents.insert(key.name, at: 0) }
    }
    return parents
  }
}
