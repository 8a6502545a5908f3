import NIOEmbedded
import Testing

@testable import LanyardPortal

@Suite("Connections of browsers")
struct ConnectionCountTests {
  @Test("Are so many at once from one address, and more as others close")
  func limits() throws {
    let count = ConnectionCount(total: 3, perAddress: 2)
    let channels = (1...3).map { _ in EmbeddedChannel() }
    #expect(channels.map { count.admits($0) } == [true, true, false])
    _ = try channels[0].finish()
    #expect(count.admits(EmbeddedChannel()))
    #expect(!count.admits(EmbeddedChannel()))
  }

  @Test("Are so many at once in all")
  func total() {
    let count = ConnectionCount(total: 1, perAddress: 2)
    #expect(count.admits(EmbeddedChannel()))
    #expect(!count.admits(EmbeddedChannel()))
  }
}
