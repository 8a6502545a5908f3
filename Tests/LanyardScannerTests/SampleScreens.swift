import LanyardDomain
import LanyardScanner
import LanyardTexts

extension LaneView {
  /// An entrance at which everything is as it should be.
  static var entrance: LaneView {
    var view = LaneView(title: "Main entrance", event: "WSIS+20", clock: "08:31:09", direction: "IN", link: .online)
    view.last = .admitted
    view.recent = (0..<12).map { number in
      var answer = Answer(headline: "LEFT", tone: .out, time: "08:30:\(10 + number)")
      answer.name = "Guest \(number)"
      return answer
    }
    view.inside = 212
    view.capacity = 300
    return view
  }
}

extension LaneView.Answer {
  static var admitted: LaneView.Answer {
    var answer = LaneView.Answer(headline: "ADMITTED", tone: .go, time: "08:31:05")
    answer.name = "Anna Müller"
    answer.group = "Academia · Speaker"
    answer.explanation = ["Booked: High-level dialogue."]
    return answer
  }
}

/// A text of every kind that may reach a screen, good and bad.
func anyText(using random: inout some RandomNumberGenerator) -> String {
  let pieces = [
    "Anna ", "Müller", "加藤", "김민준", "محمد ", "דוד", "e\u{301}", "😀", "👩\u{200D}🚀", "🇨🇭", "\u{1B}[2J", "\n", "\u{9B}",
    "\u{202E}", "\u{301}", "\t", "สิริ", "a", " ", "\u{0}", "ｶﾅ", "-", "\u{10FFFF}",
  ]
  return (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
}

/// A screen with anything in any of its fields.
func anyScreen(using random: inout some RandomNumberGenerator) -> LaneView {
  let links: [LaneView.Link] = [
    .online, .connecting, .offline(since: "09:14", waiting: 1), .uploading(waiting: 40_000), .refused(waiting: 2),
    .revoked(waiting: 0),
  ]
  var view = LaneView(
    title: anyText(using: &random),
    event: anyText(using: &random),
    clock: "08:31:09",
    direction: ["IN", "OUT", "BY TURNS"].randomElement(using: &random) ?? "IN",
    link: links.randomElement(using: &random) ?? .online
  )
  view.language = Language.allCases.randomElement(using: &random) ?? .english
  if Bool.random(using: &random) { view.rehearsal = .text(anyText(using: &random)) }
  if Bool.random(using: &random) { view.notice = anyText(using: &random) }
  if Bool.random(using: &random) { view.inside = .random(in: 0...9999, using: &random) }
  if Bool.random(using: &random) { view.capacity = .random(in: 0...9999, using: &random) }
  view.isReading = Bool.random(using: &random)
  view.offersOutAndIn = Bool.random(using: &random)
  if Bool.random(using: &random) { view.last = anyAnswer(using: &random) }
  view.recent = (0..<Int.random(in: 0...14, using: &random)).map { _ in anyAnswer(using: &random) }
  if Bool.random(using: &random) {
    view.prompt = LaneView.Prompt(
      label: anyText(using: &random),
      text: anyText(using: &random),
      hint: anyText(using: &random),
      choices: (0..<Int.random(in: 0...20, using: &random)).map { _ in anyText(using: &random) },
      chosen: Bool.random(using: &random) ? .random(in: -3...30, using: &random) : nil
    )
  }
  return view
}

private func anyAnswer(using random: inout some RandomNumberGenerator) -> LaneView.Answer {
  let headlines = [
    "ADMITTED", "LEFT", "STOP", "LOOK AGAIN", "SUPERVISOR", "NOT RECORDED", "né", "", "مسموح بالدخول", "允许入场",
    "ПРОХОДИТЕ",
  ]
  var answer = LaneView.Answer(
    headline: headlines.randomElement(using: &random) ?? "",
    tone: LaneView.Tone.allCases.randomElement(using: &random) ?? .go,
    time: "08:31:05"
  )
  answer.name = anyText(using: &random)
  answer.group = anyText(using: &random)
  answer.explanation = (0..<Int.random(in: 0...8, using: &random)).map { _ in anyText(using: &random) }
  answer.attention = Bool.random(using: &random) ? anyText(using: &random) : nil
  answer.isOffline = Bool.random(using: &random)
  answer.isMarked = Bool.random(using: &random)
  answer.isTakenBack = Bool.random(using: &random)
  if Bool.random(using: &random) { answer.reason = anyText(using: &random) }
  return answer
}

/// The row without its select graphic rendition.
func withoutStyles(_ row: String) -> String {
  row.replacing(/\u{1B}\[[0-9;]*m/, with: "")
}
