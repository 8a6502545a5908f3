import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// What the lane is told of its connection.
extension Lane {
  /// Called every now and then: an answer that takes too long ends the connection.
  func tick() { carryOut { $0.tick(at: $1) } }

  /// The server's answer to a reading.
  func answered(_ result: Lanyard_V1_StreamCheckInsResponse.Result) { carryOut { $0.answered(result, at: $1) } }

  /// Says how the device is.
  func sendReport() { carryOut { $0.keepFollowing(at: $1) + $0.reporting(at: $1) } }

  /// The roster is not told any more, while the stream may go on.
  func rosterEnded() { carryOut { $0.endFollowing(at: $1) } }

  /// The organiser says by now whether the device's operators may override.
  func learned(isSupervisor: Bool) { note { $0.learned(isSupervisor: isSupervisor) } }

  /// Whether the server's stream is open.
  var isConnected: Bool { machine.isConnected }

  /// Goes on live where nothing of its own waits any more; false where something does.
  func goLive() -> Bool {
    guard machine.mayGoLive else { return false }
    carryOut { $0.goLive(at: $1) }
    return true
  }

  /// What waits to be uploaded next, as it is now.
  func nextUpload(limit: Int) throws -> (batch: JournalBatch, request: Lanyard_V1_UploadCheckInsRequest) {
    let batch = try journal.nextBatch(limit: limit, at: clock.now)
    let own = try journal.waitingCount()
    note {
      $0.counted(own)
      $0.uploading(batch.orders)
    }
    return (batch, request(batch))
  }

  /// The request for a batch of any journal of the device.
  func request(_ batch: JournalBatch) -> Lanyard_V1_UploadCheckInsRequest {
    batch.request(event: checkpoint.event, report: machine.report(at: clock.now))
  }

  /// Takes out of the journal what the server has answered.
  func uploaded(_ response: Lanyard_V1_UploadCheckInsResponse, _ batch: JournalBatch) throws {
    let settled: SettledBatch
    do {
      settled = try journal.settle(response, of: batch)
    } catch let nothing as NothingTaken {
      notTaken(batch)
      throw nothing
    }
    let own = try journal.waitingCount()
    note { $0.uploaded(settled, of: batch.orders, left: own) }
  }

  /// The server has said that it took nothing of a batch.
  func notTaken(_ batch: JournalBatch) { note { $0.notTaken(batch.orders) } }

  /// Waits until it is known what the server has of the lane's own record, so that what the roster tells counts nobody twice.
  ///
  /// - Throws: `CancellationError`.
  func waitForUpload() async throws {
    guard !machine.mayTakeRoster else { return }
    for await _ in changes() where machine.mayTakeRoster { return }
    throw CancellationError()
  }

  /// Says where the server will never take some of another journal.
  func note(_ settled: SettledBatch) { note { $0.note(settled) } }

  /// Takes in how many scans wait in the other journals of the folder.
  package func noteLeft(_ waiting: Int) { note { $0.leftWaiting = waiting } }

  /// Says what is amiss with the device itself; nil says that nothing is any more.
  func note(_ sentence: Sentence?, of subject: NoticeSubject) { note { $0.note(sentence, of: subject) } }

  /// The connection is gone, or is given up.
  ///
  /// - Parameter cause: Why, for the operator; nil where that is known already.
  func lost(_ cause: Sentence?) { carryOut { $0.lost(cause, at: $1) } }

  /// The server does not let this lane in.
  func refused(_ why: Sentence) { carryOut { $0.refused(why, at: $1) } }

  /// The organiser has revoked the device.
  func revoked() { carryOut { $0.revoked(at: $1) } }

  /// From where the roster is to be followed.
  package var rosterCursor: String { machine.cursor }

  /// Ids of the registrations whose people the roster says were erased.
  package var erased: Set<String> { machine.roster.erased }

  /// Takes in a message of the roster; the file follows.
  ///
  /// - Throws: `JournalError` where it could not be kept; the lane knows it all the same until it ends.
  func take(_ message: Lanyard_V1_WatchRosterResponse) throws {
    // Who was erased is forgotten before the cursor goes on: a change that is kept does not come again.
    let forgotten = Result { try journal.forget(message.entries) }
    let fault = try carryOut { machine, moment in
      let actions = try machine.take(message, at: moment)
      guard case .failure = forgotten else { return actions }
      return actions.filter { if case .keepRoster = $0 { false } else { true } }
    }
    try forgotten.get()
    if let fault { throw fault }
  }
}
