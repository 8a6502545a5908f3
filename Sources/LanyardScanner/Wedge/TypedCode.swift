import BadgeCodes

/// A badge code, or what is left of one, where it stands in what a scanner typed.
struct TypedCode {
  let place: Range<Int>
  /// The layout through which it came; nil is the scanner's own.
  let layout: KeyboardLayout?
  /// The code in its one spelling; nil where it is damaged.
  let code: String?

  /// The codes of a text in their order, each through a layout of its own: a lane may have two scanners, and a keyboard may
  /// be changed between two readings.
  static func all(in text: [Unicode.Scalar]) -> [TypedCode] {
    let layouts = [nil] + KeyboardLayout.allCases.map(Optional.some)
    let meant = layouts.map { layout in text.map { layout?.meaning(of: $0) ?? $0 } }
    var starts: [Int: [Int]] = [:]
    for (layout, meant) in meant.enumerated() {
      for start in self.starts(in: meant) { starts[start, default: []].append(layout) }
    }
    var found: [TypedCode] = []
    /// Layouts in which what stands last may be a code that is damaged, which goes on up to the next.
    var damaged: [Int] = []
    for (start, readable) in starts.sorted(by: { $0.key < $1.key })
    where found.last.map({ $0.isOver(at: start) }) ?? true {
      var whole: TypedCode?
      for layout in readable where whole == nil {
        guard let read = self.whole(in: meant[layout][start...]) else { continue }
        whole = TypedCode(place: read.place, layout: layouts[layout], code: read.code)
      }
      // A start in one layout may be figures of another's code.
      guard whole != nil || damaged.isEmpty || !Set(damaged).isDisjoint(with: readable) else { continue }
      if let last = found.last, last.code == nil { found[found.count - 1] = last.cut(to: start) }
      damaged = whole == nil ? readable : []
      found.append(whole ?? TypedCode(place: start..<text.count, layout: nil, code: nil))
    }
    return found
  }

  /// A damaged one lasts until the next begins.
  private func isOver(at place: Int) -> Bool { code == nil || self.place.upperBound <= place }

  private func cut(to end: Int) -> TypedCode { TypedCode(place: place.lowerBound..<end, layout: layout, code: code) }

  /// Where `LY1` stands. Base32 has no 1, so each is the start of a code, also where a line break was lost.
  static func starts(in text: [Unicode.Scalar]) -> [Int] {
    text.indices.dropLast(2).filter { index in
      (text[index] == "L" || text[index] == "l") && (text[index + 1] == "Y" || text[index + 1] == "y")
        && text[index + 2] == "1"
    }
  }

  /// The code that a text begins with, and where it stands. What follows without a break may be letters of codes too; of all
  /// beginnings of a text one at most is a code, since a payload has one encoding only, but for one without its dates.
  private static func whole(in text: ArraySlice<Unicode.Scalar>) -> (code: String, place: Range<Int>)? {
    let figures = text.dropFirst(prefix).prefix { isBase32($0) }.prefix(longest - prefix)
    guard figures.count >= fewestFigures else { return nil }
    for end in (text.startIndex + prefix + fewestFigures...figures.endIndex).reversed() {
      let typed = text[text.startIndex..<end]
      // What is no code is another kind of reading.
      guard let code = try? UnverifiedBadgeCode(reading: string(typed)), code.isDated || end == figures.endIndex else {
        continue
      }
      return (code.text, typed.startIndex..<typed.endIndex)
    }
    return nil
  }

  /// Of `LY1`.
  private static let prefix = 3
  /// The most characters of a code, and more.
  private static let longest = 400
  /// A signature alone has as many.
  private static let fewestFigures = 103

  private static func isBase32(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "A"..."Z", "a"..."z", "2"..."7": true
    default: false
    }
  }

  private static func string(_ text: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text)
    return String(view)
  }
}
