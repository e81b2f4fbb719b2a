/* lab: thread submit */
/* lab: thread end */
/* lab: thread writer */
static DECLARE_RWSEM(usage);
static DECLARE_COMPLETION(handed);

static void submit(void)
{
	down_read_non_owner(&usage);
	down_read_non_owner(&usage);
	complete(&handed);
}

static void end(void)
{
	wait_for_completion(&handed);
	up_read_non_owner(&usage);
	up_read_non_owner(&usage);
}

static void writer(void)
{
	down_write(&usage);
	up_write(&usage);
}
