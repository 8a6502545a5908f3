import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// The connection: how the lane stands with its server, and what has no answer yet.
extension Lane {
  /// Called every now and then: an answer that takes too long ends the connection.
  func tick() {
    guard let oldest = pending.first, clock.now.running - oldest.since >= setup.patience else { return }
    lost("The server does not answer.")
  }

  /// A connection begins.
  func connecting(breaker: AsyncStream<Void>.Continuation) {
    self.breaker = breaker
    snapshot = nil
  }

  /// The server has answered: the lane goes on live, at once or when what waits is uploaded.
  func opened(
    _ lane: Lanyard_V1_StreamCheckInsResponse.LaneOpened,
    _ stream: AsyncStream<LaneSession.Outgoing>.Continuation
  ) {
    noteTime(Instant(lane.serverTime))
    self.stream = stream
    stream.yield(.report(report))
    if state != .revoked { state = .uploading(waiting: waiting) }
  }

  /// Calls beside the stream can be made from now on.
  func mayCall(_ client: ServerClient) {
    if stream != nil { self.client = client }
  }

  /// Goes on live where nothing of its own waits any more; false where something does.
  func goLive() -> Bool {
    guard ownWaiting == 0, stream != nil, state != .revoked else { return false }
    state = .online
    (trouble, offlineSince) = (nil, nil)
    sendReport()
    for index in pending.indices where !pending[index].isSent {
      pending[index].isSent = true
      pending[index].since = clock.now.running
      pending[index].before = roster.stand(ofReading: pending[index].reading.code)
      stream?.yield(.reading(pending[index].reading))
    }
    return true
  }

  /// What waits to be uploaded next, as it is now.
  func nextUpload(limit: Int) throws -> (batch: JournalBatch, request: Lanyard_V1_UploadCheckInsRequest) {
    let batch = try journal.nextBatch(limit: limit, at: clock.now)
    ownWaiting = try journal.waitingCount()
    return (batch, request(batch))
  }

  /// The request for a batch of any journal of the device.
  func request(_ batch: JournalBatch) -> Lanyard_V1_UploadCheckInsRequest {
    batch.request(event: ResourcePart.event(of: setup.checkpoint), report: report)
  }

  /// Takes out of the journal what the server has answered.
  func uploaded(_ response: Lanyard_V1_UploadCheckInsResponse, _ batch: JournalBatch) throws {
    let settled = try journal.settle(response, of: batch)
    unsent.remove(settled.orders)
    ownWaiting = try journal.waitingCount()
    note(settled)
    showWaiting()
  }

  /// Says where the server will never take some.
  func note(_ settled: SettledBatch) {
    guard settled.refused > 0 else { return }
    note(
      "The server did not take \(settled.refused) scans; `lanyard scan kept` lists them. \(settled.reason)",
      of: .refused
    )
  }

  /// Takes in how many scans wait in the other journals of the folder.
  package func noteLeft(_ waiting: Int) {
    leftWaiting = waiting
    showWaiting()
  }

  /// Says what is amiss with the device itself; nil says that nothing is any more.
  func note(_ words: String?, of subject: NoticeSubject) { notices[subject] = words }

  func showWaiting() {
    switch state {
    case .uploading: state = .uploading(waiting: waiting)
    case .offline(let since, _): state = .offline(since: since, waiting: waiting)
    case .connecting, .online, .refused, .revoked: break
    }
  }

  /// The server's answer to a reading; where it cannot record any, it is as if it were not there. One that came too late
  /// is passed over, since the lane has answered by itself.
  func answered(_ result: Lanyard_V1_StreamCheckInsResponse.Result) {
    guard let index = pending.firstIndex(where: { $0.reading.id.description == result.scanID }) else { return }
    if case .error(let error)? = result.outcome, let fault = RecordingFault(rawValue: error.reason) {
      pending[index].isSent = fault.mayHaveRecorded
      return lost(error.message)
    }
    let reading = pending.remove(at: index).reading
    let outcome: LaneAnswer.Outcome
    switch result.outcome {
    case .error(let error): outcome = .failed(error)
    case .checkIn(let checkIn):
      outcome = .decided(checkIn)
      let before = roster.undo(of: checkIn)
      remember(reading.id, before)
      roster.follow(checkIn)
      if let person = before?.person, checkIn.answer != .refused { renewStands(of: person) }
    case nil: outcome = .decided(result.checkIn)
    }
    answered.yield(LaneAnswer(reading: reading, outcome: outcome, isOffline: false))
    wakeRoom()
  }

  /// What is still under way of a person began after what the server has just answered.
  private func renewStands(of person: Key<Registration>) {
    for index in pending.indices where pending[index].before?.person == person {
      pending[index].before = roster.stand(ofReading: pending[index].reading.code)
    }
  }

  /// The connection is gone, or is given up: what has no answer yet is decided here.
  ///
  /// - Parameter cause: Why, in words for the operator; nil where that is known already.
  func lost(_ cause: String?) {
    (client, stream) = (nil, nil)
    if let cause { trouble = cause }
    breaker?.finish()
    breaker = nil
    switch state {
    case .revoked, .refused: return
    case .offline: break
    case .connecting, .online, .uploading:
      let since = offlineSince ?? now
      offlineSince = since
      state = .offline(since: since, waiting: waiting)
    }
    let unanswered = pending
    pending = []
    // The roster may have told of what the server answered and nobody saw: what is taken back lets nobody in. Of several of
    // one person the first goes furthest back.
    for scan in unanswered.reversed() {
      if let before = scan.before { roster.takeBack(to: before, at: checkpointID) }
    }
    for scan in unanswered { decide(scan.reading, late: scan.isSent) }
    wakeRoom()
  }

  /// The server does not let this lane in, as where its token was revoked. What waits stays, until a server takes it.
  func refused(_ why: String) {
    guard state != .revoked else { return }
    (client, stream) = (nil, nil)
    state = .refused("The server does not let this lane in: \(why)")
    let unanswered = pending
    pending = []
    for scan in unanswered { refuse(scan.reading, late: scan.isSent ? scan.reading.id.description : "", why) }
    wakeRoom()
  }

  /// The organiser has revoked the device: it forgets everybody.
  func revoked() {
    guard state != .revoked else { return }
    state = .revoked
    notices = [:]
    roster = LaneRoster()
    cursor = ""
    do {
      try journal.forgetPeople()
    } catch {
      note(
        "This device was revoked, and could not erase its roster: delete its folder. \(StoreError.words(for: error))",
        of: .erasure
      )
    }
    let unanswered = pending
    pending = []
    for scan in unanswered { fail(scan.reading, Self.revokedMessage) }
    wakeRoom()
  }

  /// Says how the device is.
  func sendReport() { stream?.yield(.report(report)) }

  var report: Lanyard_V1_DeviceReport {
    .with {
      $0.version = Self.version
      $0.scansWaiting = Int32(clamping: waiting)
      $0.deviceTime = Google_Protobuf_Timestamp(clock.now.wall)
    }
  }

  func noteTime(_ server: Instant) {
    let time = ServerTime(server: server, at: clock.now)
    serverTime = time
    guard keptTime?.isNear(time) != true else { return }
    do {
      try journal.keep(time)
      keptTime = time
      note(nil, of: .disk)
    } catch {
      // The lane goes on, and tries again when it next hears the time.
      note("This device cannot write to its disk: \(StoreError.words(for: error))", of: .disk)
    }
  }

  private func wakeRoom() {
    let waiting = room
    room = []
    for continuation in waiting { continuation.resume() }
  }
}
