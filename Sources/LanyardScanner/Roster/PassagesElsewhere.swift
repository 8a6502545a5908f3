import LanyardDomain

/// Whom the device's other lanes let in or out by themselves while this one answers by itself too, as far as it has looked: the
/// server tells all of it once it is reached.
struct PassagesElsewhere {
  private var passages = UnsentPassages()
  /// Where people stood before the first of them.
  private var bases: [String: OfflineDecision.Undo] = [:]
  /// How many entries were heard; entries of several journals may have the same number.
  private var count: Int64 = 0

  /// Takes in further entries of any of the journals, each with a number of its own among all.
  ///
  /// - Returns: Of whom they tell.
  /// - Throws: `JournalError.unknownValue`.
  mutating func take(_ entries: [JournalEntry], _ roster: LaneRoster) throws(JournalError) -> Set<String> {
    let numbered = entries.enumerated().map { index, entry in
      JournalEntry(order: count + Int64(index), content: entry.content, moment: entry.moment)
    }
    count += Int64(entries.count)
    return try passages.take(numbered, roster)
  }

  /// Somebody's passages, in the order in which they were heard.
  func passages(of person: String) -> [UnsentPassages.Entry] { passages.passages(of: person) }

  /// Where somebody stood before the first of them; nil where that is not known yet.
  func base(of person: String) -> OfflineDecision.Undo? { bases[person] }

  mutating func keepBase(_ base: OfflineDecision.Undo, of person: String) { bases[person] = base }

  /// The server tells what they came to.
  mutating func forget() { (passages, bases) = (UnsentPassages(), [:]) }
}

extension LaneRoster {
  /// Takes in what was done at the device's other checkpoints, beside what the lane did by itself: that in the order in which all was.
  mutating func follow(
    _ elsewhere: inout PassagesElsewhere,
    of people: Set<String>,
    beside unsent: UnsentPassages,
    _ time: ServerTime?
  ) {
    for person in people {
      restoreBase(of: person)
      if let base = elsewhere.base(of: person) { revert(base) }
      let before = stand(of: person)
      elsewhere.keepBase(before, of: person)
      follow(elsewhere.passages(of: person), beside: unsent.passages(of: person), of: person, from: before, time)
    }
  }
}
