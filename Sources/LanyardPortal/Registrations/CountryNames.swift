import LanyardDomain
import LanyardTexts
import Synchronization

/// The countries in the order of a language's lists. Sorting takes a while, and forms are many: each language's list is made once.
enum CountryNames {
  private static let lists = Mutex<[Language: [(code: String, name: String)]]>([:])

  static func sorted(in phrasebook: Phrasebook) -> [(code: String, name: String)] {
    if let list = lists.withLock({ $0[phrasebook.language] }) { return list }
    let list = Country.codes.map { (code: $0, name: phrasebook.country($0)) }
      .sorted { phrasebook.precedes($0.name, $1.name) }
    lists.withLock { $0[phrasebook.language] = list }
    return list
  }
}
