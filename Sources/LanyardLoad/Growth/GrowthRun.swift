package import Foundation
import GRPCCore
import LanyardClient
import Synchronization

/// Measures what check-ins cost as the work grows, on servers of its own.
package struct GrowthRun: Sendable {
  private let plan: GrowthPlan
  private let place: URL
  private let program: URL
  /// Told what is done, and how much of how much.
  private let tell: @Sendable (String, Int, Int) -> Void

  /// - Parameters:
  ///   - place: The folder in which a folder for the run is made; what the disk below it costs is measured.
  ///   - program: The `lanyard` that is run.
  package init(
    _ plan: GrowthPlan,
    in place: URL,
    program: URL = ChildProcess.ownProgram,
    tell: @escaping @Sendable (String, Int, Int) -> Void
  ) {
    (self.plan, self.place, self.program, self.tell) = (plan, place, program, tell)
  }

  /// - Parameter interrupts: Ends it early; the report has the comparisons that were complete.
  /// - Throws: `LoadFailure` where nothing can be measured, and what servers and lanes throw before anything was compared; what
  ///   ends it later is in the report.
  package func run(interrupts: Interruption) async throws -> GrowthReport {
    try await PrivateFolder.with("lanyard-growth", in: place) { try await run(interrupts, in: $0) }
  }

  private func run(_ interrupts: Interruption, in folder: URL) async throws -> GrowthReport {
    let rows = Mutex<[GrowthReport.Row]>([])
    let failure = Mutex<(any Error)?>(nil)
    let (_, wasInterrupted) = await interruptible(interrupts) {
      do {
        try await compareAll(in: folder) { row in rows.withLock { $0.append(row) } }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    let (measured, failed) = (rows.withLock { $0 }, wasInterrupted ? nil : failure.withLock { $0 })
    // What was compared before it is told all the same.
    if let failed, measured.isEmpty { throw failed }
    return GrowthReport(
      plan,
      measured,
      wasInterrupted: wasInterrupted,
      failure: failed.map { ($0 as? RPCError).map { CallFailure($0).message } ?? "\($0)" },
      isInMemory: PrivateFolder.isInMemory(folder)
    )
  }

  private func compareAll(in folder: URL, _ add: (GrowthReport.Row) -> Void) async throws {
    var stores: [StoreKey: MeasuredStore] = [:]
    for (number, step) in plan.steps.enumerated() {
      for state in [plan.base, step.state] where stores[StoreKey(state)] == nil {
        stores[StoreKey(state)] = try await MeasuredStore(
          at: folder.appending(path: "store-\(stores.count).sqlite").path,
          lanes: state.lanes,
          people: state.registrations
        ) { tell("making \(Figures.count(state.registrations, "registration"))", $0, state.registrations) }
      }
      let place = folder.appending(path: "step-\(number)")
      // The whole folder goes at the end; this only keeps the copies of one comparison at a time.
      defer { try? FileManager.default.removeItem(at: place) }
      add(try await compare(step, stores, in: place))
    }
  }

  /// The state and the base in turns, each on a server and a copy of its own that last for the comparison.
  private func compare(
    _ step: GrowthPlan.Step,
    _ stores: [StoreKey: MeasuredStore],
    in place: URL
  ) async throws -> GrowthReport.Row {
    func server(_ state: GrowthState, _ name: String) async throws -> GrowthServer {
      guard let store = stores[StoreKey(state)] else { throw LoadFailure("there is no store for \(step.name)") }
      return try await GrowthServer(
        state,
        on: store,
        badges: plan.badges,
        window: plan.window,
        in: place.appending(path: name),
        program: program
      )
    }
    tell("\(step.name): starting its servers", 0, 0)
    let base = try await server(plan.base, "base")
    defer { base.kill() }
    let other = try await server(step.state, "other")
    defer { other.kill() }
    try await other.fill { tell("\(step.name): scanning", $0, step.state.scans) }
    var turns: [(base: GrowthServer.Turn, other: GrowthServer.Turn)] = []
    for turn in 1...plan.turns {
      tell("\(step.name): measuring, turn", turn, plan.turns)
      func measure(_ server: GrowthServer) async throws -> GrowthServer.Turn {
        try await server.turn(settling: plan.settling, plan.time / plan.turns)
      }
      // Each is the first in half of the turns: what a machine does may grow or fade away.
      if turn.isMultiple(of: 2) {
        let measured = try await measure(other)
        turns.append((try await measure(base), measured))
      } else {
        turns.append((try await measure(base), try await measure(other)))
      }
    }
    return GrowthReport.Row(step, turns)
  }
}

/// What a store is made with.
private struct StoreKey: Hashable {
  let lanes: Int
  let registrations: Int

  init(_ state: GrowthState) {
    (lanes, registrations) = (state.lanes, state.registrations)
  }
}
