extension RunReport.Audit {
  /// What is told beside the faults, in words: whom the server names in conflicts, and what was not compared.
  var notes: [String] {
    let counts = conflicts.sorted { $0.key < $1.key }.map { "\(Figures.count($0.value)) \($0.key)" }
    let named = counts.isEmpty ? [] : ["Conflicts that the server names: \(counts.joined(separator: ", "))."]
    return named + notCompared.map { "Not compared: \($0)." }
  }
}
