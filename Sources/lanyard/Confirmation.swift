import Foundation
import LanyardTexts

/// Whether a step is meant that is not to be taken by mistake; scripts say --yes.
struct Confirmation {
  private let sentence: Sentence
  /// The word with which the step is taken.
  private let answer: String
  /// What is said where another is typed.
  private let refusal: Sentence

  init(_ sentence: Sentence, answer: String, else refusal: Sentence) {
    (self.sentence, self.answer, self.refusal) = (sentence, answer, refusal)
  }

  /// Asks.
  ///
  /// - Throws: `CommandFailure` where it is not meant, or nobody can be asked.
  func ask() throws(CommandFailure) {
    guard isatty(STDIN_FILENO) == 1 else { throw CommandFailure.usage(Sentence(.doneNobodyAsked)) }
    Console.error(Phrasebook.ofSystem.text(sentence))
    guard readLine() == answer else { throw CommandFailure(status: .negative, refusal) }
  }
}
