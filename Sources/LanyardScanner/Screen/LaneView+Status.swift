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
    let long = "REHEARSAL \(rehearsal): nothing here is real"
    let fits = TextWidth.columns(of: ShownText.neutral(long)) < canvas.width
    return [canvas.band(fits ? long : "REHEARSAL: nothing here is real", .warning)]
  }

  /// The sentence that the operator should know.
  func noticeRows(_ canvas: Canvas) -> [String] {
    guard let notice else { return [] }
    return [canvas.band("Note: " + notice, .band(text: 16, ground: 153))]
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
    let long = [("F2", "direction"), ("F3", "look up"), ("F4", "override"), ("F5", "undo"), ("F10", "quit")]
    let short = [("F2", "way"), ("F3", "find"), ("F4", "over"), ("F5", "undo"), ("F10", "quit")]
    let columns = long.reduce(0) { $0 + $1.0.count + $1.1.count + 3 }
    var row = canvas.row
    for (key, meaning) in columns <= canvas.width ? long : short {
      row.add(columns <= canvas.width && row.free < canvas.width ? "  " : " ", .bar)
      row.add(key, .band(text: 226, ground: 236))
      row.add(" " + meaning, ScreenStyle(parameters: "38;5;255;48;5;236"))
    }
    return row.finished(.bar)
  }

  private var linkStyle: ScreenStyle {
    switch link {
    case .online: .bold
    case .offline: .alarm
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
    switch link {
    case .online: ["online"]
    case .connecting: ["connecting to the server", "connecting"]
    case .uploading(let waiting): ["online again, uploading \(scans(waiting))", "uploading \(waiting)"]
    case .offline(let since, let waiting):
      [
        "OFFLINE since \(since), \(scans(waiting)) \(waiting == 1 ? "waits" : "wait") to be uploaded",
        "OFFLINE since \(since), \(waiting) \(waiting == 1 ? "waits" : "wait")",
        "OFFLINE, \(waiting) \(waiting == 1 ? "waits" : "wait")",
      ]
    }
  }

  private func scans(_ count: Int) -> String {
    count == 1 ? "1 scan" : "\(count) scans"
  }

  private var sideTexts: [String] {
    let long = inside.map { inside in capacity.map { "\(inside) inside of \($0)" } ?? "\(inside) inside" }
    let short = inside.map { inside in capacity.map { "\(inside)/\($0)" } ?? "\(inside)" }
    return [
      [long, "direction \(direction)", clock].compactMap { $0 }.joined(separator: "  ·  "),
      [long, direction, clock].compactMap { $0 }.joined(separator: " · "),
      [short, direction, clock].compactMap { $0 }.joined(separator: " · "),
      [short, direction, clock].compactMap { $0 }.joined(separator: " "),
    ]
  }
}
