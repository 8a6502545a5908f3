import LanyardTexts

extension LaneView {
  /// The checkpoint and its event.
  func titleRow(_ canvas: Canvas) -> String {
    var row = canvas.row
    row.add(" ", .bar)
    row.add(title, .bar)
    let side = TextWidth.cut(ShownText.neutral(event), to: max(0, row.free - 4))
    if !side.isEmpty {
      row.pad(leaving: TextWidth.columns(of: side) + 1, .bar)
      row.add(side, ScreenStyle(parameters: "38;5;250;48;5;236"))
    }
    return row.finished(.bar)
  }

  /// The banner of a rehearsal.
  func rehearsalRows(_ canvas: Canvas) -> [String] {
    guard let rehearsal else { return [] }
    let long = phrasebook.text(Sentence(.rehearsalAt, ["moment": rehearsal]))
    let fits = TextWidth.columns(of: ShownText.neutral(long)) < canvas.width
    return [canvas.band(fits ? long : phrasebook.text(.rehearsalShort), .warning)]
  }

  /// The sentence that the operator should know: whole where the screen has room, since what helps may stand at its end.
  ///
  /// - Parameter height: Of the whole screen.
  func noticeRows(_ canvas: Canvas, height: Int) -> [String] {
    guard let notice else { return [] }
    let note = phrasebook.text(Sentence(.laneNote, ["sentence": .text(notice)]))
    let lines = TextWidth.wrapped(ShownText.neutral(note), to: canvas.width - 2)
    let most = height >= 20 ? 3 : height >= 15 ? 2 : 1
    let rest = lines.dropFirst(most - 1).joined(separator: " ")
    return (lines.prefix(most - 1) + (rest.isEmpty ? [] : [rest])).map { canvas.band($0, .band(text: 16, ground: 153)) }
  }

  /// How the lane stands with its server, how many are inside, which way people pass, and the time.
  func statusRow(_ canvas: Canvas) -> String {
    let (link, side) = statusTexts(width: canvas.width)
    var row = canvas.row
    row.add(" \(link) ", linkStyle)
    row.pad(leaving: TextWidth.columns(of: ShownText.neutral(side)) + 1)
    row.add(side, .bold)
    return row.finished()
  }

  /// The keys that do something.
  func keysRow(_ canvas: Canvas) -> String {
    let keys: [(name: String, long: Sentence.Key, short: Sentence.Key)] = [
      ("F2", .keyDirection, .keyDirectionShort), ("F3", .keyLookUp, .keyLookUpShort),
      ("F4", .keyOverride, .keyOverrideShort), ("F5", .keyUndo, .keyUndoShort),
      ("F6", .keyOutAndIn, .keyOutAndInShort), ("F10", .keyQuit, .keyQuitShort),
    ]
    let long = keys.filter { offersOutAndIn || $0.name != "F6" }.map { ($0.name, phrasebook.text($0.long)) }
    let short = shortKeys(keys.map { ($0.name, $0.short) }, width: canvas.width)
    let columns = long.reduce(0) { $0 + $1.0.count + TextWidth.columns(of: $1.1) + 3 }
    var row = canvas.row
    for (key, meaning) in columns <= canvas.width ? long : short {
      row.add(columns <= canvas.width && row.free < canvas.width ? "  " : " ", .bar)
      row.add(key, .band(text: 226, ground: 236))
      row.add(" " + meaning, ScreenStyle(parameters: "38;5;255;48;5;236"))
    }
    return row.finished(.bar)
  }

  /// The keys where there is little room: F6 only with the answer that it is for, and then in place of what does not fit.
  private func shortKeys(_ keys: [(name: String, meaning: Sentence.Key)], width: Int) -> [(String, String)] {
    let asksForIt = offersOutAndIn && last?.asksForOutAndIn == true
    var short = keys.filter { asksForIt || $0.name != "F6" }.map { ($0.name, phrasebook.text($0.meaning)) }
    func columns() -> Int { short.reduce(0) { $0 + $1.0.count + TextWidth.columns(of: $1.1) + 2 } }
    while asksForIt, columns() > width, short.count > 2 { short.removeFirst() }
    return short
  }

  private var linkStyle: ScreenStyle {
    switch link {
    case .online: .bold
    case .offline, .refused, .revoked: .alarm
    case .uploading, .connecting: .warning
    }
  }

  /// The texts of both sides of the status row, the most explicit that fit, the link before the rest.
  private func statusTexts(width: Int) -> (link: String, side: String) {
    let links = linkTexts
    let sides = sideTexts
    for link in links {
      for side in sides {
        let columns = TextWidth.columns(of: ShownText.neutral(link + side))
        // Beside the texts: a blank around the link, two between and one at the end.
        if columns + 5 <= width { return (link, side) }
      }
    }
    return (links.last ?? "", [inside.map(String.init), direction].compactMap { $0 }.joined(separator: " "))
  }

  private var linkTexts: [String] {
    let keys: [Sentence.Key]
    var facts: [String: Sentence.Fact] = [:]
    switch link {
    case .online: keys = [.linkOnline]
    case .connecting: keys = [.linkConnecting, .linkConnectingShort]
    case .uploading(let waiting): (keys, facts["count"]) = ([.linkUploading, .linkUploadingShort], .count(waiting))
    case .offline(let since, let waiting):
      keys = [.linkOffline, .linkOfflineShort, .linkOfflineShortest]
      (facts["time"], facts["count"]) = (.text(since), .count(waiting))
    case .refused(let waiting):
      (keys, facts["count"]) = ([.linkRefused, .linkRefusedShort, .linkOfflineShortest], .count(waiting))
    case .revoked(let waiting):
      (keys, facts["count"]) = ([.linkRevoked, .linkRevokedShort, .linkOfflineShortest], .count(waiting))
    }
    return keys.map { phrasebook.text(Sentence($0, facts)) }
  }

  private var insideText: String? {
    guard let inside else { return nil }
    guard let capacity else { return phrasebook.text(Sentence(.statusInside, ["count": .count(inside)])) }
    let facts: [String: Sentence.Fact] = ["count": .count(inside), "capacity": .count(capacity)]
    return phrasebook.text(Sentence(.statusInsideOf, facts))
  }

  private var sideTexts: [String] {
    let long = insideText
    let way = phrasebook.text(Sentence(.statusDirection, ["direction": .text(direction)]))
    let short = inside.map { inside in capacity.map { "\(inside)/\($0)" } ?? "\(inside)" }
    return [
      [long, way, clock].compactMap { $0 }.joined(separator: "  ·  "),
      [long, direction, clock].compactMap { $0 }.joined(separator: " · "),
      [short, direction, clock].compactMap { $0 }.joined(separator: " · "),
      [short, direction, clock].compactMap { $0 }.joined(separator: " "),
    ]
  }
}
