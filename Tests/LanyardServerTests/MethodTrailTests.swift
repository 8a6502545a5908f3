import Foundation
import GRPCCore
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import Testing

/// What each method leaves on the trail under the call's own id, when it is called once and has something to do; methods
/// that are not here change nothing. A scan is its own record: of `scanned` the trail has the links, and the ledger the scans.
private let recorded: [String: Set<String>] = [
  "UpdateEvent": ["event.archived"],
  "DeleteEvent": ["event.deleted"],
  "UpdateCheckpoint": ["checkpoint.updated"],
  "CreateQuestion": ["question.created"],
  "UpdateQuestion": ["question.updated"],
  "DeleteQuestion": ["question.withdrawn"],
  "ImportProgramme": ["event.updated"],
  "AddBookings": ["booking.made"],
  "RemoveBookings": ["booking.removed"],
  "CreateRegistration": ["registration.created"],
  "UpdateRegistration": ["registration.updated"],
  "ApproveRegistration": ["registration.confirmed"],
  "RejectRegistration": ["registration.rejected"],
  "RestoreRegistration": ["registration.restored"],
  "MoveUpRegistration": ["registration.moved_up"],
  "CancelRegistration": ["registration.cancelled"],
  "EraseRegistration": ["registration.erased", "badge.revoked"],
  "CreatePersonalLink": ["registration.linked"],
  "VerifyEmail": ["registration.verified", "registration.linked"],
  "SendPersonalLink": ["registration.link_requested"],
  "ImportRegistrations": ["registration.created"],
  "IssueBadge": ["badge.issued"],
  "BatchIssueBadges": ["badge.issued"],
  "UpdateBadge": ["badge.marked"],
  "ReplaceBadge": ["badge.replaced", "badge.issued"],
  "RenewBadges": ["badge.renewed"],
  "RevokeBadge": ["badge.revoked"],
  "ActivateBadge": ["badge.activated"],
  "RenderBadges": ["print_run.created"],
  "ConfirmPrintRun": ["print_run.confirmed"],
  "WithdrawPrintRun": ["print_run.withdrawn"],
  "PrintOwnBadge": ["print_run.created", "print_run.confirmed"],
  "RotateSigningKey": ["signing_key.added"],
  "RetireVerificationKey": ["signing_key.retired"],
  "HoldBadge": ["badge.held"],
  "ReleaseBadge": ["badge.released"],
  "UploadCheckIns": ["scans.recorded"],
  "UndoCheckIn": ["check_in.undone"],
  "SendOut": ["scans.recorded"],
  "CreateEnrolmentCode": ["enrolment_code.created"],
  "WithdrawEnrolmentCode": ["enrolment_code.withdrawn"],
  "UpdateDevice": ["device.changed"],
  "EnrolDevice": ["device.promised", "device.certified"],
  "RenewDeviceCertificate": ["device.certified"],
  "RevokeDevice": ["device.revoked"],
  "RetryMail": ["mail.retried"],
  "JoinSession": ["session.joined"],
  "LeaveSession": ["session.left"],
  "CreateSignIn": ["sign_in.created"],
  "DeleteSignIn": ["sign_in.ended"],
]
private let scanned: Set = ["CheckIn", "StreamCheckIns", "UploadCheckIns"]

@Suite("What each method leaves on the trail", .blocking)
struct MethodTrailTests {
  @Test("Every method that changes something names its changes, and every other leaves nothing")
  func walk() async throws {
    try await ServerHarness.run(programme: MethodWalk.programme()) { server in
      let walk = try await MethodWalk(server)
      let methods = try AccessTests.allMethods()
      for name in Set(recorded.keys).union(scanned).subtracting(methods.map(\.method)) {
        Issue.record("\(name) is no method")
      }
      for method in methods.filter({ $0.method == MethodWalk.first })
        + methods.filter({ $0.method != MethodWalk.first })
      {
        let request = try #require(walk.requests[method.method], "\(method.method) has no request")
        let access = walk.callers[method.method] ?? server.access
        try await withServerConnection(access) { client in
          do {
            try await MethodWalk.call(method, request, client)
          } catch let error as RPCError {
            Issue.record("\(method.method): \(CallFailure(error).reason) \(CallFailure(error).fields)")
          }
        }
      }
      var found: [String: Set<String>] = [:]
      for event in [SampleData.forum, nil] {
        var filter = AuditFilter(event: event)
        filter.includesScans = true
        let entries = try await server.store.auditEntries(filter, PageRequest(size: 1000)).items
        for entry in entries { found[entry.act.requestID, default: []].insert(entry.name) }
      }
      for method in methods.map(\.method) {
        #expect(found[MethodWalk.requestID(method)] ?? [] == recorded[method] ?? [], "\(method)")
      }
      let page = PageRequest(size: 1000)
      let scans = try await server.store.scans(of: SampleData.forum, checkpoint: nil, page).items.map(\.id)
      for method in scanned {
        let scan = try #require(walk.scans[method])
        #expect(scans.contains(scan), "\(method)")
      }
      await server.stop()
      let verdict = try SQLiteStore.verify(fileAt: server.folder.appending(path: "lanyard.sqlite").path)
      #expect(verdict?.broken == nil && verdict?.scans == Int64(scans.count))
    }
  }
}
