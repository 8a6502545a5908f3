/// Which part of a list to return.
package struct PageRequest: Hashable, Sendable {
  /// The most items to return.
  package var size: Int
  /// The `next` of the page before; nil for the first page.
  package var after: Int64?

  package init(size: Int, after: Int64? = nil) {
    self.size = size
    self.after = after
  }
}

/// Part of a list.
package struct Page<Item: Sendable>: Sendable {
  package var items: [Item]
  /// Where the next page begins; nil on the last.
  package var next: Int64?

  package init(items: [Item], next: Int64?) {
    self.items = items
    self.next = next
  }

  /// The same page of other items.
  package func map<Other: Sendable>(_ transform: (Item) -> Other) -> Page<Other> {
    Page<Other>(items: items.map(transform), next: next)
  }
}
