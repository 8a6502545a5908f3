package import Foundation

/// Thrown for a file that is no report of a load test.
package struct UnreadableReport: Error, CustomStringConvertible {
  package let description: String
}

extension RunReport {
  /// Reads the file of that path.
  ///
  /// - Throws: `UnreadableReport`, which says what is wrong and what to do.
  package init(file path: String) throws(UnreadableReport) {
    let json: Data
    do {
      json = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw UnreadableReport(
        description: "\(path) \(isThere ? "cannot be read" : "is not there"): give a file that 'lanyard loadtest run "
          + "SCENARIO --save FILE' wrote"
      )
    }
    try self.init(reading: json, named: path)
  }

  /// The most bytes of a report that are read.
  package static let sizeLimit = 256 * 1_024 * 1_024

  /// Reads what `--json` printed, of this version or an older one.
  ///
  /// - Parameter name: What the error calls the file.
  /// - Throws: `UnreadableReport`, which says what is wrong and what to do.
  package init(reading json: Data, named name: String) throws(UnreadableReport) {
    let remedy = "give a file that 'lanyard loadtest run SCENARIO --save FILE' wrote"
    guard json.count <= Self.sizeLimit else {
      throw UnreadableReport(description: "\(name) is longer than 256 MiB, and no report of a load test: \(remedy).")
    }
    do {
      self = try JSONDecoder().decode(RunReport.self, from: json)
    } catch DecodingError.keyNotFound(let key, _) {
      throw UnreadableReport(
        description: "\(name) is no report of a load test: '\(key.stringValue)' is missing; \(remedy)."
      )
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw UnreadableReport(
        description: "\(name): '\(context.field)' is not of the kind that a report has; \(remedy)."
      )
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      throw UnreadableReport(description: "\(name): '\(context.field)' has a value that is not known; \(remedy).")
    } catch {
      throw UnreadableReport(description: "\(name) is not JSON: \(remedy).")
    }
  }

  /// Reads a report of any version: what an older one did not have stands at its default; only the verdict, the operations and the audit must be there.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    verdict = try values.decode(Outcome.self, forKey: .verdict)
    try values.read(.sentence, into: &sentence)
    try values.read(.scenario, into: &scenario)
    try values.read(.summary, into: &summary)
    try values.read(.content, into: &content)
    try values.read(.started, into: &started)
    try values.read(.seconds, into: &seconds)
    try values.read(.speed, into: &speed)
    try values.read(.seed, into: &seed)
    try values.read(.machine, into: &machine)
    try values.read(.people, into: &people)
    try values.read(.lanes, into: &lanes)
    try values.read(.checkpoints, into: &checkpoints)
    try values.read(.wasInterrupted, into: &wasInterrupted)
    try values.read(.operations, into: &operations)
    try values.read(.audit, into: &audit)
    try values.read(.driver, into: &driver)
    server = try values.decodeIfPresent(Server.self, forKey: .server)
    processors = try values.decodeIfPresent(Processors.self, forKey: .processors)
    try values.read(.targets, into: &targets)
    try values.read(.phases, into: &phases)
    try values.read(.faults, into: &faults)
    longestSilence = try values.decodeIfPresent(Double.self, forKey: .longestSilence)
    lanesBack = try values.decodeIfPresent(Int.self, forKey: .lanesBack)
    try values.read(.recorded, into: &recorded)
    line = try values.decodeIfPresent(Line.self, forKey: .line)
    try values.read(.answers, into: &answers)
    try values.read(.moments, into: &moments)
    try values.read(.version, into: &version)
    try values.read(.command, into: &command)
    try values.read(.isClosedLoop, into: &isClosedLoop)
    try values.read(.arrivals, into: &arrivals)
    try values.read(.returns, into: &returns)
    try values.read(.unplayed, into: &unplayed)
    try values.read(.withoutBadge, into: &withoutBadge)
    try values.read(.ends, into: &ends)
    search = try values.decodeIfPresent(Search.self, forKey: .search)
    // Other commands print a verdict too.
    for key in [CodingKeys.operations, .audit] where !values.contains(key) {
      throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: ""))
    }
  }
}

extension RunReport.Operation {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try values.read(.count, into: &count)
    try values.read(.pushed, into: &pushed)
    try values.read(.perSecond, into: &perSecond)
    try values.read(.p50, into: &p50)
    try values.read(.p90, into: &p90)
    try values.read(.p99, into: &p99)
    try values.read(.p999, into: &p999)
    try values.read(.max, into: &max)
    try values.read(.errors, into: &errors)
  }
}

extension RunReport.Audit {
  enum CodingKeys: String, CodingKey {
    case lost, wrong, double, invented, miscounted, misregistered, checked, registered, unread, faults, conflicts
    case notCompared = "not_compared"
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    for (key, count) in [
      (CodingKeys.lost, lost), (.wrong, wrong), (.double, double), (.invented, invented), (.miscounted, miscounted),
      (.checked, checked), (.registered, registered),
    ] {
      try values.encode(count, forKey: key)
    }
    // Where none was compared, nobody knows.
    try values.encode(comparesRegistrations ? misregistered : nil, forKey: .misregistered)
    try values.encodeIfPresent(unread, forKey: .unread)
    try values.encode(faults, forKey: .faults)
    try values.encode(conflicts, forKey: .conflicts)
    try values.encode(notCompared, forKey: .notCompared)
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try values.read(.lost, into: &lost)
    try values.read(.wrong, into: &wrong)
    try values.read(.double, into: &double)
    try values.read(.invented, into: &invented)
    try values.read(.miscounted, into: &miscounted)
    try values.read(.misregistered, into: &misregistered)
    try values.read(.checked, into: &checked)
    try values.read(.registered, into: &registered)
    unread = try values.decodeIfPresent(String.self, forKey: .unread)
    try values.read(.faults, into: &faults)
    try values.read(.conflicts, into: &conflicts)
    try values.read(.notCompared, into: &notCompared)
  }
}

extension RunReport.Driver {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    lateP99 = try values.decodeIfPresent(Double.self, forKey: .lateP99)
    cpuShare = try values.decodeIfPresent(Double.self, forKey: .cpuShare)
    try values.read(.wasTheLimit, into: &wasTheLimit)
  }
}

extension RunReport.Server {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    cpuShare = try values.decodeIfPresent(Double.self, forKey: .cpuShare)
    try values.read(.memory, into: &memory)
    written = try values.decodeIfPresent(Int.self, forKey: .written)
    try values.read(.starts, into: &starts)
  }
}

extension RunReport.Moment {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try values.read(.at, into: &at)
    try values.read(.due, into: &due)
    try values.read(.answered, into: &answered)
    try values.read(.failed, into: &failed)
    try values.read(.offline, into: &offline)
    try values.read(.p50, into: &p50)
    try values.read(.p99, into: &p99)
    try values.read(.max, into: &max)
    try values.read(.queues, into: &queues)
    let earlier = try decoder.container(keyedBy: EarlierKeys.self)
    serverCPU =
      try values.decodeIfPresent(Double.self, forKey: .serverCPU)
      ?? earlier.decodeIfPresent(Double.self, forKey: .serverCPU)
    driverCPU =
      try values.decodeIfPresent(Double.self, forKey: .driverCPU)
      ?? earlier.decodeIfPresent(Double.self, forKey: .driverCPU)
    serverMemory =
      try values.decodeIfPresent(Int.self, forKey: .serverMemory)
      ?? earlier.decodeIfPresent(Int.self, forKey: .serverMemory)
    serverWritten =
      try values.decodeIfPresent(Int.self, forKey: .serverWritten)
      ?? earlier.decodeIfPresent(Int.self, forKey: .serverWritten)
  }
}

extension KeyedDecodingContainer {
  /// Leaves the default where the key is absent.
  fileprivate func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
    if let read = try decodeIfPresent(Value.self, forKey: key) { value = read }
  }
}

extension DecodingError.Context {
  /// Where it is, such as `phases.2.name`.
  fileprivate var field: String {
    codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
