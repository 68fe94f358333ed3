package io.recredit.job;

import java.util.List;

/** A version of a generated file. */
record Delivery(FileName file, List<FileLine> lines) {}
