package dev.graft.doctor;

import java.util.List;

/** One thing that is looked at. */
interface Check {
    /** What it is called on the terminal. */
    String name();

    List<Finding> judge(Facts facts);
}
