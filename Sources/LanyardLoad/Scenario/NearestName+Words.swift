import LanyardDomain
import LanyardTexts

extension NearestName {
  /// What to say of a name that is none of `known`, in English, as all of a scenario's faults.
  static func words(for name: String, known: [String]) -> String {
    Phrasebook.of(.english).text(Sentence(advice(for: name, known: known)))
  }
}
