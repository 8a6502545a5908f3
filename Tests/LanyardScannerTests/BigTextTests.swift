import LanyardDomain
import LanyardTexts
import Testing

@testable import LanyardScanner

@Suite("Block letters")
struct BigTextTests {
  @Test("are drawn for all letters, figures and symbols, each five rows of one width")
  func alphabet() {
    let symbols = LaneView.Tone.allCases.filter { $0 != .neutral }.map(\.symbol).joined()
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ГДЖЗИЙПШЫЬ" + symbols {
      let rows = BigText.letters[letter] ?? []
      #expect(rows.count == BigText.height, "\(letter)")
      #expect(Set(rows.map(\.count)).count == 1, "\(letter)")
      #expect(rows.joined().allSatisfy { "█▀▄ ".contains($0) }, "\(letter)")
    }
  }

  @Test("are all different")
  func different() {
    #expect(Set(BigText.letters.values).count == BigText.letters.count)
  }

  @Test("are drawn for every headline of a language in Latin or Cyrillic letters", arguments: Language.allCases)
  func headlines(language: Language) {
    let keys: [Sentence.Key] = [
      .headlineAdmitted, .headlineLeft, .headlineStop, .headlineLookAgain, .headlineSupervisor, .headlineNotRecorded,
      .headlineReady, .headlineWait, .headlineRevoked, .headlineLaneRefused,
    ]
    for headline in keys.map({ Phrasebook.of(language).text($0) }) {
      let isDrawn = BigText.rows(headline, gap: 1, scale: 1) != nil
      #expect(isDrawn == ![.arabic, .chinese].contains(language), "\(headline)")
    }
  }

  @Test("are the word itself where a letter is not drawn")
  func fallback() {
    #expect(BigText.rows("né") == ["né"])
    #expect(BigText.rows("né", gap: 1, scale: 2) == nil)
    #expect(BigText.rows("", gap: 1, scale: 1) == nil)
  }

  @Test("grow to both sides alike")
  func scale() {
    #expect(BigText.rows("I", gap: 0, scale: 1)?.first == "▀█▀")
    #expect(BigText.rows("I", gap: 0, scale: 2)?.prefix(2) == ["██████", "  ██  "])
    #expect(BigText.rows("I", gap: 0, scale: 3)?.prefix(2) == ["█████████", "▀▀▀███▀▀▀"])
  }
}
