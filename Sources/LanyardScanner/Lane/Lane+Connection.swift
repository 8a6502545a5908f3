import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// The connection: how the lane stands with its server, and what has no answer yet.
extension Lane {
  /// Called every now and then: an answer that takes too long ends the connection.
  func tick() {
    guard let oldest = pending.first, oldest.since.duration(to: .now) >= setup.patience else { return }
    lost()
  }

  /// A connection begins.
  func connecting(_ client: ServerClient, breaker: AsyncStream<Void>.Continuation) {
    self.client = client
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

  /// Goes on live where nothing waits any more; false where something does.
  func goLive() -> Bool {
    guard waiting == 0, stream != nil, state != .revoked else { return false }
    state = .online
    sendReport()
    for index in pending.indices where !pending[index].isSent {
      pending[index].isSent = true
      pending[index].since = .now
      stream?.yield(.reading(pending[index].reading))
    }
    return true
  }

  /// What waits to be uploaded next, as it is now, with the numbers of the entries.
  func nextUpload(limit: Int) throws -> (request: Lanyard_V1_UploadCheckInsRequest, orders: [Int64]) {
    let moment = clock.now
    let entries = try journal.waiting(limit: limit)
    let messages = entries.map { $0.message(at: moment) }
    let damaged = zip(entries, messages).filter { $1 == nil }.map { ($0.0.order, "damaged") }
    if !damaged.isEmpty { try journal.settle([], refused: Dictionary(uniqueKeysWithValues: damaged)) }
    var request = Lanyard_V1_UploadCheckInsRequest()
    request.parent = "events/\(ResourcePart.event(of: setup.checkpoint))"
    request.checkIns = messages.compactMap(\.self)
    request.report = report
    return (request, zip(entries, messages).filter { $1 != nil }.map(\.0.order))
  }

  /// Takes out of the journal what the server has answered.
  func uploaded(_ response: Lanyard_V1_UploadCheckInsResponse, _ orders: [Int64]) throws {
    var (done, refused) = ([Int64](), [Int64: String]())
    for (order, result) in zip(orders, response.results) {
      if case .error(let error) = result.outcome { refused[order] = error.message } else { done.append(order) }
    }
    try journal.settle(done, refused: refused)
    if let reason = refused.values.first {
      notice = "The server did not take \(refused.count) scans; the device keeps them. \(reason)"
    }
    if case .uploading = state { state = .uploading(waiting: waiting) }
  }

  /// The server's answer to a reading; one that came too late is passed over, since the lane has answered by itself.
  func answered(_ result: Lanyard_V1_StreamCheckInsResponse.Result) {
    guard let index = pending.firstIndex(where: { $0.reading.id.description == result.scanID }) else { return }
    let reading = pending.remove(at: index).reading
    let outcome: LaneAnswer.Outcome
    switch result.outcome {
    case .error(let error): outcome = .failed(error)
    case .checkIn(let checkIn):
      outcome = .decided(checkIn)
      remember(reading.id, roster.undo(of: checkIn))
      roster.follow(checkIn)
    case nil: outcome = .decided(result.checkIn)
    }
    answered.yield(LaneAnswer(reading: reading, outcome: outcome, isOffline: false))
    wakeRoom()
  }

  /// The connection is gone, or is given up: what has no answer yet is decided here.
  func lost() {
    (client, stream) = (nil, nil)
    breaker?.finish()
    breaker = nil
    switch state {
    case .revoked, .refused: return
    case .offline: break
    case .connecting, .online, .uploading: state = .offline(since: now, waiting: waiting)
    }
    let unanswered = pending
    pending = []
    for (reading, _, isSent) in unanswered { decide(reading, late: isSent) }
    wakeRoom()
  }

  /// The server does not let this lane in, as where its token was revoked. What waits stays, until a server takes it.
  func refused(_ why: String) {
    guard state != .revoked else { return }
    (client, stream) = (nil, nil)
    state = .refused("The server does not let this lane in: \(why)")
    let unanswered = pending
    pending = []
    for (reading, _, isSent) in unanswered { refuse(reading, late: isSent ? reading.id.description : "", why) }
    wakeRoom()
  }

  /// The organiser has revoked the device: it forgets everybody.
  func revoked() {
    guard state != .revoked else { return }
    state = .revoked
    roster = LaneRoster()
    cursor = ""
    try? journal.eraseRoster()
    let unanswered = pending
    pending = []
    for (reading, _, _) in unanswered { fail(reading, Self.revokedMessage) }
    wakeRoom()
  }

  /// Says that the device's certificate could not be renewed.
  func renewalFailed(_ cause: any Error) {
    notice = "The device's certificate could not be renewed; tell the organiser. \(cause)"
  }

  /// Says how the device is.
  func sendReport() { stream?.yield(.report(report)) }

  private var report: Lanyard_V1_DeviceReport {
    .with {
      $0.version = Self.version
      $0.scansWaiting = Int32(clamping: waiting)
      $0.deviceTime = Google_Protobuf_Timestamp(clock.now.wall)
    }
  }

  func noteTime(_ server: Instant) {
    let time = ServerTime(server: server, at: clock.now)
    if serverTime?.isNear(time) != true { try? journal.keep(time) }
    serverTime = time
  }

  private func wakeRoom() {
    let waiting = room
    room = []
    for continuation in waiting { continuation.resume() }
  }
}
