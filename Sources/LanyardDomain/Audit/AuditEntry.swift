/// One entry of the trail, as it is on record.
package struct AuditEntry: Hashable, Sendable {
  /// Number of the feed, which names the entry.
  package let sequence: Int64
  package let act: Act
  /// The change's, as `ChangeName` lists it; a later version of the program may have others.
  package let name: String
  package let version: Int
  package let resource: ChangedResource
  /// JSON objects; nil where there was nothing before, or is nothing any more.
  package let before: String?
  package let after: String?
  /// SHA-256, with that of the entry before it in its chain.
  package let hash: [UInt8]
  package let previousHash: [UInt8]

  /// When it was recorded.
  package var madeAt: Instant { act.asked.instant }

  package init(
    sequence: Int64,
    act: Act,
    name: String,
    version: Int,
    resource: ChangedResource,
    before: String?,
    after: String?,
    hash: [UInt8],
    previousHash: [UInt8]
  ) {
    (self.sequence, self.act) = (sequence, act)
    (self.name, self.version, self.resource) = (name, version, resource)
    (self.before, self.after) = (before, after)
    (self.hash, self.previousHash) = (hash, previousHash)
  }
}
