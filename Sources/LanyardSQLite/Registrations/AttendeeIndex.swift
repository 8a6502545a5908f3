import Foundation
import GRDB
import LanyardDomain
import LanyardStore

/// Finds the registrations of one event by words of `attendee_key`, within the caller's transaction.
///
/// The index knows texts of three letters. A longer word is a phrase of them; for a shorter one, the entries that begin
/// with it are looked up first. One letter is looked for where words begin, and anywhere where it is a whole syllable.
struct AttendeeIndex {
  private let db: Database
  /// What stands for the event in the index.
  private let event: String

  /// - Parameter event: The store's key of the event.
  init(_ db: Database, event: Int64) throws {
    self.db = db
    self.event = try EventLetters.text(of: event, db)
  }

  /// How a page is asked for, part by part, as `AttendeePosition` has them.
  struct Query {
    /// Some of those who fit: the index finds each word in names and organisation together, and the key says which it is.
    fileprivate struct Part {
      let expression: String
      /// Whether only those of whom each word stands in a name, or only the others; nil takes both.
      var isOfNames: Bool?
    }

    /// All of them.
    fileprivate let all: String
    fileprivate let parts: [Part]
    /// What is looked for in the names of each, as a list in JSON.
    fileprivate let inNames: String
  }

  /// The query for folded words; nil where one of them occurs nowhere.
  func query(_ words: [String]) throws -> Query? {
    var anywhere: [String] = []
    var names: [String] = []
    var beginnings: [String] = []
    for word in words {
      let isLetter = word.unicodeScalars.count == 1
      func beginning(after start: String) throws -> String {
        // No word begins with what stands nowhere, which no text may hold.
        (isLetter ? try entries(beginningWith: start + word) : Self.quoted(start + word))
          ?? Self.quoted("\(start)\(word)\u{10FFFF}")
      }
      let name = try beginning(after: " ")
      let any = "(\(name) OR \(try beginning(after: String(SearchText.otherStart))))"
      let inside: String? =
        switch word.unicodeScalars.count {
        case 1 where !SearchText.hasWholeLetter(word): any
        case 1, 2: try entries(beginningWith: word)
        default: Self.quoted(word)
        }
      guard let inside else { return nil }
      anywhere.append(inside)
      names.append(name)
      beginnings.append(any)
    }
    let all = anywhere.joined(separator: " AND ")
    let first = names.joined(separator: " AND ")
    let second = beginnings.joined(separator: " AND ")
    let parts: [(String, Bool?)] = [
      (first, nil), ("(\(all)) NOT (\(first))", true), ("(\(second)) NOT (\(first))", false),
      ("(\(all)) NOT (\(second))", false),
    ]
    let inNames = words.map { SearchText.hasWholeLetter($0) || $0.unicodeScalars.count > 1 ? $0 : " \($0)" }
    return Query(
      all: restricted(all),
      parts: parts.map { Query.Part(expression: restricted($0), isOfNames: $1) },
      inNames: String(decoding: try JSONEncoder().encode(inNames), as: UTF8.self)
    )
  }

  /// The next `count` places after one.
  func positions(_ query: Query, after start: AttendeePosition, count: Int) throws -> [AttendeePosition] {
    let plain = "SELECT rowid FROM attendee_search WHERE attendee_search MATCH ?1 AND rowid > ?2"
    let order = "ORDER BY rowid LIMIT ?3"
    let statement = try db.cachedStatement(sql: "\(plain) \(order)")
    let sorted = try db.cachedStatement(
      sql: """
        \(plain) AND ?5 = (NOT EXISTS (SELECT 1 FROM json_each(?4) AS word
          WHERE NOT EXISTS (SELECT 1 FROM person WHERE registration_id = attendee_search.rowid
            AND instr(substr(attendee_key, 1, instr(attendee_key || '\(SearchText.otherStart)', '\(SearchText.otherStart)') - 1),
              word.value))))
        \(order)
        """
    )
    var start = start
    var found: [AttendeePosition] = []
    while start.part < query.parts.count && found.count < count {
      let part = start.part
      let (asked, rest) = (query.parts[part], count - found.count)
      let keys =
        if let isOfNames = asked.isOfNames {
          try Int64.fetchAll(sorted, arguments: [asked.expression, start.key, rest, query.inNames, isOfNames])
        } else {
          try Int64.fetchAll(statement, arguments: [asked.expression, start.key, rest])
        }
      found += keys.map { AttendeePosition(part: part, key: $0) }
      start = AttendeePosition(part: part + 1, key: 0)
    }
    return found
  }

  /// How many there are, up to `FoundAttendee.countLimit`.
  func count(_ query: Query) throws -> Int {
    let statement = try db.cachedStatement(
      sql: "SELECT count(*) FROM (SELECT rowid FROM attendee_search WHERE attendee_search MATCH ? LIMIT ?)"
    )
    return try Int.fetchOne(statement, arguments: [query.all, FoundAttendee.countLimit]) ?? 0
  }

  /// Any of the index's entries that begin with a text of one or two letters; nil where there are none.
  private func entries(beginningWith text: String) throws -> String? {
    let statement = try db.cachedStatement(sql: "SELECT term FROM attendee_term WHERE term >= ? AND term < ?")
    // No entry's letter comes after the last one that there is.
    let entries = try String.fetchAll(statement, arguments: [text, text + "\u{10FFFF}"])
    return entries.isEmpty ? nil : "(\(entries.map(Self.quoted).joined(separator: " OR ")))"
  }

  private func restricted(_ expression: String) -> String {
    "event : \(Self.quoted(event)) AND attendee_key : (\(expression))"
  }

  /// The text as the query language writes it, with its quotes doubled; by scalars, as a mark may follow a quote.
  private static func quoted(_ text: String) -> String {
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    return String(quoted) + "\""
  }
}
