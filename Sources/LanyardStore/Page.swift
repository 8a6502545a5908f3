package import LanyardDomain

/// Which part of a list to return.
package struct PageRequest: Hashable, Sendable {
  /// The most items to return.
  package var size: Int
  /// The `next` of the page before; nil for the first page.
  package var after: PageCursor?

  package init(size: Int, after: PageCursor? = nil) {
    self.size = size
    self.after = after
  }

  /// The keys after which the page begins: its cursor's, else those of `start`, which lie before every item.
  ///
  /// - Throws: `PageCursor.refusal` where the cursor's are of other kinds, so that it is another list's.
  package func keys(from start: [PageCursor.Key]) throws(InvalidInput) -> [PageCursor.Key] {
    guard let after else { return start }
    guard after.keys.count == start.count, zip(after.keys, start).allSatisfy({ $0.isKind(of: $1) }) else {
      throw PageCursor.refusal
    }
    return after.keys
  }

  /// The key after which a page begins of a list that is ordered by one number.
  package func number(from start: Int64 = 0) throws(InvalidInput) -> Int64 {
    guard case .number(let number) = try keys(from: [.number(start)])[0] else { throw PageCursor.refusal }
    return number
  }

  /// The page of items that were read with one more than its size.
  ///
  /// - Parameter cursor: The keys of an item, by which they are ordered.
  package func cut<Item: Sendable>(_ items: [Item], by cursor: (Item) -> PageCursor) -> Page<Item> {
    let shown = Array(items.prefix(size))
    return Page(items: shown, next: items.count > size ? shown.last.map(cursor) : nil)
  }
}

/// Part of a list.
package struct Page<Item: Sendable>: Sendable {
  package var items: [Item]
  /// Where the next page begins; nil on the last.
  package var next: PageCursor?

  package init(items: [Item], next: PageCursor?) {
    self.items = items
    self.next = next
  }

  /// The same page of other items.
  package func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
    Page<Other>(items: try items.map(transform), next: next)
  }
}
