import LanyardDomain

/// Whom a lane let in or out by itself and has not uploaded yet, by person: what a roster says of them is older.
struct UnsentPassages {
  struct Entry {
    /// Number of the entry in the journal.
    let order: Int64
    /// Id of the scan.
    let scan: String
    /// Serial of the badge.
    let serial: UInt64
    let way: Direction
    let checkpoint: String
    let moment: DeviceMoment
  }

  private var byPerson: [String: [Entry]] = [:]
  /// Whose passage an entry is.
  private var people: [Int64: String] = [:]
  /// The entry of a scan.
  private var orders: [String: Int64] = [:]

  /// Somebody's passages, in their order.
  func passages(of person: String) -> [Entry] { byPerson[person] ?? [] }

  /// Everybody's passages.
  var all: [String: [Entry]] { byPerson }

  mutating func add(_ passage: Entry, of person: String) {
    byPerson[person, default: []].append(passage)
    people[passage.order] = person
    orders[passage.scan] = passage.order
  }

  /// Takes out what is uploaded, and returns it by person.
  @discardableResult
  mutating func remove(_ uploaded: [Int64]) -> [String: [Entry]] {
    var removed: [String: [Entry]] = [:]
    for order in uploaded {
      guard let person = people.removeValue(forKey: order),
        let index = byPerson[person]?.firstIndex(where: { $0.order == order }),
        let passage = byPerson[person]?.remove(at: index)
      else { continue }
      orders[passage.scan] = nil
      removed[person, default: []].append(passage)
      if byPerson[person]?.isEmpty == true { byPerson[person] = nil }
    }
    return removed
  }

  /// Takes out a scan that was taken back; returns whose it was, nil where it is none of these.
  @discardableResult
  mutating func remove(scan: String) -> String? {
    guard let order = orders[scan] else { return nil }
    return remove([order]).keys.first
  }

  /// Names somebody anew; returns whether there was anything of them.
  mutating func move(from old: String, to new: String) -> Bool {
    guard let moved = byPerson.removeValue(forKey: old) else { return false }
    for passage in moved { people[passage.order] = new }
    byPerson[new] = (passages(of: new) + moved).sorted { $0.order < $1.order }
    return true
  }

  /// Sorts all anew by the people that a roster knows.
  mutating func regroup(_ person: (UInt64) -> String) {
    let all = byPerson.values.joined().sorted { $0.order < $1.order }
    byPerson = [:]
    for passage in all { add(passage, of: person(passage.serial)) }
  }
}
