// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What is wrong with a shell script, read as text: it must stop at the first failure.
func scriptFaults(in file: TextFile) -> [Finding] {
  guard file.lines.first?.contains("bash") == true, file.text.hasPrefix("#!") else { return [] }
  var findings: [Finding] = []
  if file.lines.first != "#!/usr/bin/env bash" {
    findings.append(Finding(path: file.path, line: 1, problem: "start with #!/usr/bin/env bash"))
  }
  if !file.lines.contains("set -euo pipefail") {
    findings.append(Finding(path: file.path, line: 1, problem: "no set -euo pipefail"))
  }
  return findings
}

@Suite struct ScriptTests {
  let scripts = Tree.files.filter { $0.text.hasPrefix("#!") }

  @Test func `shell scripts stop at the first failure`() {
    let findings = scripts.flatMap(scriptFaults)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `scripts are executable`() {
    #expect(scripts.map(\.path).contains("Deploy/test"))
    for script in scripts where script.name.hasSuffix(".py") == false {
      let path = Tree.root.appending(path: script.path).path
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(script.path)")
    }
  }

  @Test func `shell scripts can be parsed`() throws {
    for script in scripts where script.lines.first?.contains("bash") == true {
      let (text, status) = try Tree.run("bash", ["-n", script.path])
      #expect(status == 0, "\(text)")
    }
  }

  @Test(arguments: [
    ("#!/usr/bin/env bash\n# x\nset -euo pipefail\n", 0), ("#!/usr/bin/env bash\nset -e\n", 1),
    ("#!/bin/bash\nset -euo pipefail\n", 1), ("#!/usr/bin/env python3\n", 0), ("set -e\n", 0),
  ])
  func `a planted script without its guard is reported`(text: String, count: Int) {
    #expect(scriptFaults(in: TextFile("Deploy/planted", text)).count == count)
  }
}
