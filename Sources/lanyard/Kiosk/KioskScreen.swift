import Foundation
import LanyardDomain
import LanyardScanner
import LanyardTexts
import Synchronization

/// What came of one scan at a kiosk.
struct KioskAnswer {
  enum Kind: String, Encodable {
    case printed = "PRINTED"
    /// It was printed before.
    case before = "PRINTED_BEFORE"
    /// The printer did not take it.
    case failed = "NOT_PRINTED"
    /// Nobody is known by the code, or they get no badge here.
    case refused = "REFUSED"
  }

  var answer: Kind
  /// Resource name of the badge; empty where none is meant.
  var badge = ""
  var name = ""
  var said: [Sentence]
  let language: Language
}

/// The screen of a kiosk: what it says goes after some seconds, so that nobody reads the name of who stood there before.
final class KioskScreen: Sendable {
  private static let stay = Duration.seconds(8)

  private struct Line: Encodable {
    let answer: KioskAnswer.Kind
    let badge: String
    let name: String
    let said: [String]
  }

  /// Of those who are not known.
  private let language: Language
  private let json: Bool
  private let isTerminal = Console.isTerminal
  private let shown = Mutex(0)

  init(_ language: Language, json: Bool) { (self.language, self.json) = (language, json) }

  /// Waits for the next.
  func ready() {
    guard !json else { return }
    Console.clear(withHistory: true)
    Console.line(Phrasebook.of(language).text(.kioskScan))
  }

  /// Shows what is under way until that is over; lines of JSON have only what came of it.
  func begin(_ answer: KioskAnswer) {
    guard !json else { return }
    shown.withLock { $0 += 1 }
    draw(answer)
  }

  func show(_ answer: KioskAnswer) {
    if json {
      let phrasebook = Phrasebook.of(answer.language)
      let said = answer.said.map { phrasebook.text($0) }
      // Whoever reads no more is told nothing more.
      try? Console.json(Line(answer: answer.answer, badge: answer.badge, name: answer.name, said: said))
      return
    }
    draw(answer)
    guard isTerminal else { return }
    let number = shown.withLock { number in
      number += 1
      return number
    }
    Task {
      await Task.pause(Self.stay)
      if shown.withLock({ $0 }) == number { ready() }
    }
  }

  private func draw(_ answer: KioskAnswer) {
    let phrasebook = Phrasebook.of(answer.language)
    Console.clear(withHistory: true)
    for line in [answer.name].filter({ !$0.isEmpty }) + answer.said.map({ phrasebook.text($0) }) { Console.line(line) }
  }
}
