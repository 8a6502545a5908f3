package import LanyardDomain

/// Which entries to list.
package struct AuditFilter: Hashable, Sendable {
  /// Slug of the event; nil for what belongs to no event.
  package var event: String?
  /// Only what is about this resource.
  package var resource: ChangedResource?
  /// Whether the links for batches of scans are listed too.
  package var includesScans = false

  package init(event: String?) { self.event = event }
}

/// Who changed what.
package protocol AuditStore: Sendable {
  /// Entries of the trail, in their order.
  func auditEntries(_ filter: AuditFilter, _ page: PageRequest) async throws(StoreError) -> Page<AuditEntry>

  /// Proves the trail and the ledger with one another.
  ///
  /// - Parameter progress: Told now and then how far it is; may throw to stop.
  func verifyTrail(
    progress: @escaping @Sendable (AuditVerdict) throws -> Void
  ) async throws(StoreError) -> AuditVerdict
}

/// What came of checking the trail.
package struct AuditVerdict: Hashable, Sendable {
  /// What is wrong with the first entry that does not hold.
  package enum Fault: String, Sendable {
    /// What it says is not what was recorded.
    case changed = "CHANGED"
    /// What stood before it is missing, or another entry stands there.
    case cutOff = "PREDECESSOR_MISSING"
    /// The scans that it tells of are not those that are in the ledger.
    case scansDiffer = "SCANS_DIFFER"
    /// Scans are in the ledger of which no entry tells.
    case scansUntold = "SCANS_UNTOLD"
    /// What it tells of scans that were taken back is not what the ledger does, or no entry tells of one.
    case undosDiffer = "UNDOS_DIFFER"
    /// What it tells of conflicts is not what is on record, or no entry tells of one.
    case conflictsDiffer = "CONFLICTS_DIFFER"
    /// Entries at the end of the trail are missing, or stand there too many.
    case endMissing = "END_MISSING"
  }

  /// The first entry that does not hold.
  package struct Broken: Hashable, Sendable {
    /// Number of the entry, or of the first scan or conflict of which the entries do not tell what is on record.
    package let sequence: Int64
    package let fault: Fault
    /// Slug of the event; nil where it belongs to none.
    package let event: String?
    /// What the entry is about; empty where there is none.
    package let resource: String

    package init(sequence: Int64, fault: Fault, event: String?, resource: String) {
      (self.sequence, self.fault, self.event, self.resource) = (sequence, fault, event, resource)
    }
  }

  /// Entries that hold, in order, up to the first that does not.
  package var entries: Int64 = 0
  /// Scans that these prove.
  package var scans: Int64 = 0
  package var broken: Broken?

  package init(entries: Int64 = 0, scans: Int64 = 0, broken: Broken? = nil) {
    (self.entries, self.scans, self.broken) = (entries, scans, broken)
  }
}
