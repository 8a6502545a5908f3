package import LanyardDomain

/// One page of the people that were found by name.
package struct AttendeePage: Sendable {
  package let page: Page<FoundAttendee>
  /// How many there are on all pages, counted up to `FoundAttendee.countLimit`.
  package let total: Int

  package init(page: Page<FoundAttendee>, total: Int) {
    self.page = page
    self.total = total
  }
}
